/** `burnish info`: what a file says about itself, without its pixels being decoded; of a project, what its history says. */

import { fail, succeed, type Fault, type Result } from '../../raster/fault';
import { startCodec, type Codec } from '../codec/codec';
import type { PictureInfo } from '../codec/picture';
import { factLines, samplesText, type Fact } from './facts';
import { findInputs, type Input } from './inputs';
import { interruptible } from './interruption';
import { readInput } from './job';
import { isOpenRaster, isProject } from '../project/project-file';
import { layeredInfo, layeredText } from './layered-info';
import { projectInfo, projectText } from './project-info';
import { faultLine, STATUS, write, type Terminal } from './terminal';

const ORIENTATIONS = [
  '',
  'upright',
  'mirrored',
  'upside down',
  'upside down and mirrored',
  'mirrored, turned left',
  'turned right',
  'mirrored, turned right',
  'turned left',
];

function readable(name: string, bytes: number, info: PictureInfo): string {
  const { width, height, channels, depth, format, colourSpace, orientation, profile, frames, density } = info;
  const facts: Fact[] = [
    ['Format', `${format}, ${bytes.toLocaleString('en')} bytes`],
    ['Size', `${width} × ${height} pixels`],
    [
      'Samples',
      `${samplesText(channels, depth)}${/^(s?rgb|gr[ea]y)/i.test(colourSpace) ? '' : ` (stored as ${colourSpace})`}`,
    ],
    ['Profile', profile ?? 'none'],
    ['Orientation', `${orientation} (${ORIENTATIONS[orientation]})`],
  ];
  if (frames > 1) facts.push(['Frames', String(frames)]);
  if (density !== undefined) facts.push(['Density', `${density} pixels an inch`]);
  if (info.hasPosition) facts.push(['Position', 'the file says where the picture was taken']);
  facts.push(...Object.entries(info.facts));
  return factLines(name, facts);
}

/** The facts as JSON has them, and as words. */
interface Told {
  readonly json: object;
  readonly text: string;
}

async function infoOf(
  input: Input,
  codec: Codec,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Result<Told>> {
  const large = input.path === null ? succeed(null) : await codec.regions(input.path, signal);
  if (!large.ok) return large;
  if (large.value !== null) {
    const { info, fileBytes } = large.value;
    return succeed({ json: { bytes: fileBytes, ...info }, text: readable(input.name, fileBytes, info) });
  }
  const read = await readInput(input, terminal);
  if (!read.ok) return read;
  const bytes = read.value.byteLength;
  if (isProject(read.value)) {
    const project = await projectInfo(read.value);
    if (!project.ok) return project;
    return succeed({
      json: { bytes, ...project.value },
      text: projectText(input.name, bytes, project.value),
    });
  }
  if (isOpenRaster(read.value)) {
    const layered = await layeredInfo(read.value, codec, signal);
    if (!layered.ok) return layered;
    return succeed({
      json: { bytes, ...layered.value },
      text: layeredText(input.name, bytes, layered.value),
    });
  }
  const info = await codec.info(read.value, signal);
  if (!info.ok) return info;
  return succeed({ json: { bytes, ...info.value }, text: readable(input.name, bytes, info.value) });
}

/** Carries the command out. The fault is wrong usage; else the status. */
export async function info(
  words: readonly string[],
  options: { readonly json?: true },
  terminal: Terminal,
): Promise<Result<number>> {
  if (words.length === 0) return fail('usage', 'no input', 'name pictures or projects');
  const found = await findInputs(words);
  const asJson = options.json === true;
  let failed = false;
  const refuse = async (name: string, fault: Fault): Promise<void> => {
    failed = true;
    terminal.stderr.write(`${faultLine(name === '-' ? 'standard input' : name, fault)}\n`);
    if (asJson) await write(terminal.stdout, `${JSON.stringify({ input: name, error: fault })}\n`);
  };
  return succeed(
    await interruptible(async (signal) => {
      const codec = startCodec();
      try {
        for (const { name, fault } of found.missing) await refuse(name, fault);
        let separator = '';
        for (const input of found.inputs) {
          if (signal.aborted) break;
          const known = await infoOf(input, codec, terminal, signal);
          if (!known.ok) {
            await refuse(input.name, known.fault);
            continue;
          }
          const { json, text: words } = known.value;
          const text = asJson
            ? `${JSON.stringify({ input: input.name, ...json })}\n`
            : `${separator}${words}`;
          separator = '\n';
          await write(terminal.stdout, text);
        }
      } finally {
        await codec.close();
      }
      return failed ? STATUS.failed : STATUS.done;
    }),
  );
}
