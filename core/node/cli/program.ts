/**
 * The commands with their arguments and options, as commander reads them and prints their help. What an option means is checked
 * where it is used; here is only what there is. What a command needs is loaded when it is the one: half of a short run is loading.
 */

import { Command, Option } from 'commander';
import type { EarlyChild } from '../codec/early-child';
import { METADATA_POLICIES, PROFILE_CHOICES } from '../codec/picture';
import type { ExplainOptions } from './explain';
import { FORMATS } from '../jobs/formats';
import type { ImportScriptOptions } from './import-script';
import { openRequest, type OpenEditor, type OpenOptions } from './open-command';
import type { ApplyOptions, PlannedCommand } from './plan';
import type { ScriptCommandOptions } from './script';
import { SUBSAMPLINGS } from '../../protocol/format-choices';
import type { Result } from '../../raster/fault';
import { succeed } from '../../raster/fault';
import type { Terminal } from './terminal';

export interface ProgramParts {
  readonly terminal: Terminal;
  readonly openEditor: OpenEditor;
  readonly version: string;
  /** A child of the codec that was started before this was loaded. */
  readonly early: EarlyChild | null;
  /** Told how the one command that ran has ended: its status, or wrong usage. */
  readonly ended: (result: Result<number>) => void;
}

const APPLY_HELP = `
RECIPE is the argument that ends in .json; its steps come first, then each --op.
INPUT is a picture, a project or an OpenRaster file (what they show), a folder (the pictures in it), a glob, or - for standard
input.
OUTPUT is a file for one picture, else a folder or a template, or - for standard output:
  out/                      the same names and formats (PNG where the format cannot be written)
  'out/{name}-edited.{ext}' {name} without ending, {ext} ending, {folder} below a glob's fixed part,
                            {index} counting from 1
A line of FILE.jsonl is a job: {"input":"a.png","output":"b.png","operations":[...]}, paths relative
to the file. A line that is wrong is a failed job; the others are done.

Exit status: 0 all done; 1 an input or a target failed, the rest is done; 2 wrong usage, nothing touched.

Examples:
  burnish apply photo.jpg --op 'gamma gamma=2.2' --op 'boxBlur size=15' -o photo.png
  burnish apply recipe.json photos/ -o out/ --format webp --quality 80
  burnish apply - --op negative -o - --format png < in.png > out.png`;

const EXPLAIN_HELP = `
X,Y is a pixel of the result, counted from 0,0 at the top left. A project is told layer by layer from the
bottom up, then how the layers are composed, then the steps above them; further steps come last.

Examples:
  burnish explain photo.jpg --at 120,80 --op 'gamma gamma=2.2' --op 'boxBlur size=3'
  burnish explain harbour.burnish --at 120,80`;

const RENDER_HELP = `
PROJECT is a .burnish file, an OpenRaster file (.ora) of another program, or - for standard input; the
picture of a project is the one that its history stands at. An OUTPUT that ends in .ora gets the layers; what
OpenRaster cannot hold (operations, masks, history) is listed.
OUTPUT is as for burnish apply, which takes projects too and carries further steps out on them.

Exit status: 0 all done; 1 the project or the target failed; 2 wrong usage, nothing touched.

Example:
  burnish render harbour.burnish -o harbour.jpg --quality 90
  burnish render harbour.burnish -o harbour.ora`;

const SCRIPT_HELP = `
The script runs as python3 FILE.py [INPUT [OUTPUT]]. It writes the samples that burnish apply writes, as a
PNG, and prints their SHA-256. That of a project reads the originals out of the project; with --input it
has that picture in the lowest layer instead. --verify runs the script where a Python with numpy, scipy and
Pillow is found (the one that BURNISH_PYTHON names, else python3) and prints in a line whether it made the
same samples; the script itself then goes only where -o says. Exit status 0 means identical.

Examples:
  burnish script recipe.json --input photo.jpg --verify
  burnish script recipe.json --input photo.jpg -o edit.py && python3 edit.py
  burnish script harbour.burnish -o harbour.py && python3 harbour.py`;

const IMPORT_SCRIPT_HELP = `
In the function edit of a script that burnish script wrote, values may be changed, and steps removed, moved,
repeated, or commented out, which switches them off. Whatever else was changed is refused with its line.

Example:
  burnish import-script edit.py -o recipe.json`;

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function operationOption(): Option {
  return new Option(
    '--op <operation>',
    "an operation and its parameters: 'ID NAME=VALUE ...'; repeat for more",
  ).argParser(collect);
}

function opening(command: Command): Command {
  return command
    .argument('[FILE...]', 'pictures to open')
    .option('--no-open', 'open no window; print the address')
    .option('--port <number>', 'port of the browser shell; 0 takes any free one');
}

/** The options about the files that a command writes. */
function exporting(command: Command): Command {
  return command
    .option('-o, --output <output>', 'file, folder/, template, or - for standard output')
    .option('--format <format>', `${Object.keys(FORMATS).join(', ')}; else by the ending of the target`)
    .option('--quality <number>', '1 to 100, for JPEG, WebP and AVIF')
    .option('--lossless', 'WebP and AVIF without loss')
    .option('--subsampling <choice>', `colours of JPEG and AVIF: ${SUBSAMPLINGS.join(', ')}`)
    .option('--effort <number>', '0, the fastest, to 9, the smallest file')
    .option('--depth <bits>', '8 or 16 bits a sample; else as the picture')
    .option(
      '--metadata <policy>',
      `${METADATA_POLICIES.join(', ')}; all leaves out where it was taken`,
      'all',
    )
    .option('--profile <choice>', `colour profile: ${PROFILE_CHOICES.join(', ')}`, 'srgb')
    .option('--jobs <number>', 'pictures in work at the same time')
    .option('--overwrite', 'replace files that are there')
    .option('--json', 'print a JSON object a picture')
    .option('--quiet', 'no progress and no notices');
}

/** The whole command line. Parsing runs the action of one command, which calls `ended`. */
export function burnishProgram({ terminal, openEditor, version, early, ended }: ProgramParts): Command {
  const program = new Command('burnish')
    .description('A layered image editor that shows its work. Without a command it opens the editor.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [COMMAND]', 'print the help of a command')
    .showSuggestionAfterError(true)
    .enablePositionalOptions();
  const commands = (): readonly string[] => [...program.commands.map((command) => command.name()), 'help'];

  const open = async (files: readonly string[], options: OpenOptions): Promise<void> => {
    const request = await openRequest(files, options, commands());
    ended(request.ok ? succeed(await openEditor(request.value)) : request);
  };
  const applying = async (
    words: readonly string[],
    options: ApplyOptions,
    command: PlannedCommand,
  ): Promise<void> => {
    const { applyCommand } = await import('./apply-command');
    ended(await applyCommand(words, options, terminal, command, early));
  };
  opening(program)
    .option('--shell <shell>', 'electron or browser; else Electron where it can be had')
    .action(open);
  opening(program.command('serve'))
    .summary('serve the editor to a browser')
    .description('Serves the editor on this machine, to a browser, and prints its address.')
    .action((files: readonly string[], options: OpenOptions) =>
      open(files, { ...options, shell: 'browser' }),
    );

  exporting(program.command('apply'))
    .summary('edit pictures without a window')
    .description('Carries operations out on pictures and writes the results.')
    .usage(
      "[RECIPE] INPUT... -o OUTPUT [--op 'ID NAME=VALUE ...']... [options]\n       burnish apply --jobs-file FILE.jsonl [options]",
    )
    .argument('[INPUT...]', 'a recipe and pictures')
    .addOption(operationOption())
    .option('--jobs-file <file>', 'carry out the jobs of a file, one a line')
    .addHelpText('after', APPLY_HELP)
    .action((words: readonly string[], options: ApplyOptions) => applying(words, options, 'apply'));

  exporting(program.command('render'))
    .summary('write what a project shows')
    .description('Writes the picture that a project shows.')
    .usage('PROJECT -o OUTPUT [options]')
    .argument('[PROJECT...]', 'a project, which is a .burnish file, or an OpenRaster file')
    .addHelpText('after', RENDER_HELP)
    .action((words: readonly string[], options: ApplyOptions) => applying(words, options, 'render'));

  program
    .command('operations')
    .summary('list the operations')
    .description('Lists every operation, or tells one in full: parameters, ranges, defaults, formula.')
    .argument('[ID]', 'one operation')
    .option('--json', 'print JSON')
    .action(async (id: string | undefined, options: { readonly json?: true }) => {
      const { listOperations } = await import('./list-operations');
      ended(await listOperations(id, options, terminal));
    });

  program
    .command('explain')
    .summary('show the arithmetic of one pixel')
    .description('Shows the arithmetic of one pixel, step by step.')
    .usage("INPUT|PROJECT --at X,Y [RECIPE] [--op 'ID NAME=VALUE ...']... [--json]")
    .argument('[INPUT...]', 'a picture or a project, and a recipe')
    .option('--at <position>', 'the pixel, as X,Y')
    .addOption(operationOption())
    .option('--json', 'print one compact JSON object')
    .addHelpText('after', EXPLAIN_HELP)
    .action(async (words: readonly string[], options: ExplainOptions) => {
      const { explain } = await import('./explain');
      ended(await explain(words, options, terminal));
    });

  program
    .command('script')
    .summary('write a recipe or a project as a Python script')
    .description('Writes an edit as a Python file of its own, which needs numpy, scipy and Pillow.')
    .usage('RECIPE|PROJECT [--input FILE] [-o FILE.py] [--verify [--json]]')
    .argument('[RECIPE...]', 'a recipe, which is a .json file, or a project')
    .option('--input <file>', 'the picture that the script edits unless it is given another one')
    .option('-o, --output <file>', 'where the script goes; else to standard output')
    .option('--overwrite', 'replace a file that is there')
    .option('--verify', 'run the script and tell whether it makes the same picture')
    .option('--json', 'print that as a JSON object')
    .addHelpText('after', SCRIPT_HELP)
    .action(async (words: readonly string[], options: ScriptCommandOptions) => {
      const { script } = await import('./script');
      ended(await script(words, options, terminal));
    });

  program
    .command('import-script')
    .summary('read a changed script back into a recipe')
    .description('Reads the values that were changed in a Python script of an edit back into a recipe.')
    .usage('FILE.py [-o RECIPE]')
    .argument('[FILE.py...]', 'a script that burnish script wrote')
    .option('-o, --output <file>', 'where the recipe goes; else to standard output')
    .option('--overwrite', 'replace a file that is there')
    .addHelpText('after', IMPORT_SCRIPT_HELP)
    .action(async (words: readonly string[], options: ImportScriptOptions) => {
      const { importScript } = await import('./import-script');
      ended(await importScript(words, options, terminal));
    });

  program
    .command('info')
    .summary('tell what pictures and projects say about themselves')
    .description(
      'Tells size, channels, depth, format, profile, orientation and more of pictures; of projects also layers and history; of OpenRaster files their layers.',
    )
    .argument('[FILE...]', 'pictures, projects, folders or globs')
    .option('--json', 'print a JSON object a file')
    .action(async (words: readonly string[], options: { readonly json?: true }) => {
      const { info } = await import('./info');
      ended(await info(words, options, terminal));
    });
  return program;
}
