/**
 * Whatever is wrong, a command says it in exactly one line, ends with the right status, and leaves the folder as it was. Each row
 * is a command in a fresh folder; `{}` stands for that folder.
 */

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { burnish, listing, writePicture } from '../../../support/command-line';
import { noise } from '../../../support/rasters';
import { makeZip } from '../../../support/zip-maker';

let folder = '';
const at = (...names: readonly string[]) => join(folder, ...names);

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'burnish-refusals-')));
  const picture = noise({ width: 8, height: 6, channels: 3, depth: 8 });
  await writePicture(at('a.png'), picture);
  await writePicture(at('b.png'), noise({ width: 8, height: 6, channels: 3, depth: 8 }, 2));
  await writePicture(at('other-size.png'), noise({ width: 9, height: 6, channels: 3, depth: 8 }));
  writeFileSync(at('text.png'), 'this is no picture');
  writeFileSync(at('empty.png'), '');
  writeFileSync(at('page.pdf'), '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');
  writeFileSync(at('there.png'), 'somebody needs this');
  const newer = makeZip([
    { name: 'mimetype', content: 'image/openraster' },
    { name: 'burnish/meta.json', content: '{"burnish":2}' },
  ]);
  writeFileSync(at('newer.burnish'), newer);
  writeFileSync(at('cut.burnish'), newer.subarray(0, 120));
  mkdirSync(at('nothing'));
  mkdirSync(at('folder.png'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the words and checks what every refusal has in common. */
async function refused(words: readonly string[], status: number, line: RegExp, stdin?: Uint8Array) {
  const before = listing(folder);
  const ended = await burnish(
    words.map((word) => word.replaceAll('{}', folder)),
    stdin === undefined ? {} : { stdin },
  );
  const text = ended.stderr.replaceAll(folder, '{}');
  expect(text).toMatch(/^burnish: [^\n]*\n$/);
  expect(text).toMatch(line);
  expect(ended.status).toBe(status);
  expect(ended.stdout).toBe('');
  expect(ended.opened).toEqual([]);
  expect(listing(folder)).toEqual(before);
}

const out = ['-o', '{}/out.png'];

describe('wrong usage is told, with status 2, before anything is touched', () => {
  const rows: readonly (readonly [name: string, words: readonly string[], line: RegExp])[] = [
    [
      'an unknown command',
      ['aply', '{}/a.png'],
      /"aply" is neither a command nor a file; did you mean "apply"\?/,
    ],
    ['an unknown word far from all', ['xyzzy'], /neither a command nor a file; see burnish --help/],
    [
      'an unknown option',
      ['apply', '--overwite', '{}/a.png', ...out],
      /"--overwite"; did you mean --overwrite\?/,
    ],
    ['an option of another command', ['info', '--op', 'negative', '{}/a.png'], /unknown option "--op"/],
    ['an option without its value', ['apply', '{}/a.png', '-o'], /"-o, --output <output>" argument missing/],
    ['a shell that is none', ['--shell', 'elektron'], /--shell: expected .* did you mean "electron"\?/],
    ['a port that is none', ['serve', '--port', '70000'], /--port: expected a whole number from 0 to 65535/],
    ['no input', ['apply', ...out], /no input; name a picture/],
    ['no script', ['import-script'], /no script; name one \.py file/],
    ['two scripts', ['import-script', 'a.py', 'b.py'], /more than one script; name one \.py file/],
    ['no output', ['apply', '{}/a.png', '--op', 'negative'], /no output; add -o/],
    ['an empty output', ['apply', '{}/a.png', '-o', ''], /-o names no file/],
    ['standard input twice', ['apply', '-', '-', '-o', '{}/x/'], /standard input can be read once/],
    [
      'an unknown operation',
      ['apply', '{}/a.png', '--op', 'gama gamma=2', ...out],
      /unknown operation "gama"; did you mean "gamma"\?/,
    ],
    ['no operation', ['apply', '{}/a.png', '--op', ' ', ...out], /--op names no operation/],
    [
      'an unknown parameter',
      ['apply', '{}/a.png', '--op', 'gamma gama=2', ...out],
      /gamma: unknown parameter "gama"; did you mean "gamma"\?/,
    ],
    [
      'a value out of range',
      ['apply', '{}/a.png', '--op', 'gamma gamma=0', ...out],
      /gamma: expected a number from 0\.01 to 10 for gamma but received 0/,
    ],
    [
      'a value of another type',
      ['apply', '{}/a.png', '--op', 'gamma gamma=bright', ...out],
      /expected a number .* for gamma but received "bright"/,
    ],
    [
      'a missing parameter',
      ['apply', '{}/a.png', '--op', 'posterize', ...out],
      /posterize: missing parameter levels/,
    ],
    [
      'a value that breaks a rule between two',
      ['apply', '{}/a.png', '--op', 'levels inBlack=9 inWhite=9', ...out],
      /levels: .*inBlack/,
    ],
    [
      'a value without a name',
      ['apply', '{}/a.png', '--op', 'gamma 2.2', ...out],
      /gamma: expected NAME=VALUE but received "2.2"; write it like gamma=…/,
    ],
    [
      'a value given twice',
      ['apply', '{}/a.png', '--op', 'gamma gamma=2 gamma=3', ...out],
      /gamma: gamma is given twice/,
    ],
    [
      'an open quote',
      ['apply', '{}/a.png', '--op', 'gamma gamma="2', ...out],
      /the quote after gamma= is never closed/,
    ],
    [
      'a prototype for an operation',
      ['apply', '{}/a.png', '--op', 'constructor', ...out],
      /unknown operation "constructor"; burnish operations lists them/,
    ],
    [
      'a prototype for a parameter',
      ['apply', '{}/a.png', '--op', 'gamma __proto__=1', ...out],
      /unknown parameter "__proto__"/,
    ],
    [
      'an unknown ending',
      ['apply', '{}/a.png', '-o', '{}/out.xyz'],
      /out\.xyz: the ending "\.xyz" names no format .* \.jpg, .*\.png, .*add --format/,
    ],
    ['no ending', ['apply', '{}/a.png', '-o', '{}/out'], /out: has no ending that names a format/],
    ['a format that is read alone', ['apply', '{}/a.png', '-o', '{}/out.gif'], /GIF is read but not written/],
    [
      'an unknown format',
      ['apply', '{}/a.png', ...out, '--format', 'bmp'],
      /unknown format "bmp"; Burnish writes jpeg, png/,
    ],
    [
      'a quality out of range',
      ['apply', '{}/a.png', ...out, '--quality', '101'],
      /--quality: expected a whole number from 1 to 100 but received "101"/,
    ],
    [
      'a depth that is none',
      ['apply', '{}/a.png', ...out, '--depth', '12'],
      /--depth: expected 8, 16 but received "12"/,
    ],
    [
      'an effort out of range',
      ['apply', '{}/a.png', ...out, '--effort', '10'],
      /--effort: expected a whole number from 0 to 9 but received "10"/,
    ],
    [
      'colours halved as they cannot be',
      ['apply', '{}/a.png', ...out, '--subsampling', '4:2:2'],
      /--subsampling: expected 4:4:4, 4:2:0 but received "4:2:2"/,
    ],
    [
      'JPEG without loss',
      ['apply', '{}/a.png', '-o', '{}/out.jpg', '--lossless'],
      /out\.jpg: JPEG always loses something; use PNG, TIFF, WebP or AVIF/,
    ],
    [
      'a depth beyond the format',
      ['apply', '{}/a.png', '-o', '{}/out.jpg', '--depth', '16'],
      /JPEG holds 8 bits a sample, not 16/,
    ],
    [
      'an unknown policy',
      ['apply', '{}/a.png', ...out, '--metadata', 'copyrite'],
      /did you mean "copyright"\?/,
    ],
    [
      'an unknown profile choice',
      ['apply', '{}/a.png', ...out, '--profile', 'adobe'],
      /--profile: expected keep, srgb, none/,
    ],
    [
      'no jobs at all',
      ['apply', '{}/a.png', ...out, '--jobs', '0'],
      /--jobs: expected a whole number from 1/,
    ],
    [
      'one file for several',
      ['apply', '{}/a.png', '{}/b.png', ...out],
      /out\.png: one file cannot hold several pictures/,
    ],
    [
      'a file for a folder of several',
      ['apply', '{}', '-o', '{}/there.png'],
      /there\.png: one file cannot hold several/,
    ],
    [
      'standard output for several',
      ['apply', '{}/a.png', '{}/b.png', '-o', '-'],
      /-o - takes one picture, not 2/,
    ],
    [
      'standard output and --json',
      ['apply', '{}/a.png', '-o', '-', '--json'],
      /both write to standard output/,
    ],
    [
      'two inputs for one target',
      ['apply', '{}/a.png', '{}/b.png', '-o', '{}/x/same.{ext}'],
      /same\.png: both .*a\.png and .*b\.png would be written there/,
    ],
    ['the same input twice', ['apply', '{}/a.png', '{}/a.png', '-o', '{}/x/'], /a\.png: is named twice/],
    [
      'a target that is another input',
      ['apply', '{}/a.png', '{}/b.png', '-o', '{}/b.png', '--overwrite'],
      /one file cannot hold/,
    ],
    [
      'an unknown placeholder',
      ['apply', '{}/a.png', '-o', '{}/{nam}.png'],
      /unknown placeholder {nam}; use {name}/,
    ],
    ['two recipes', ['apply', 'a.json', 'b.json', '{}/a.png', ...out], /two recipes, a\.json and b\.json/],
    ['a recipe that is missing', ['apply', '{}/none.json', '{}/a.png', ...out], /none\.json: no such file/],
    ['a jobs file that is missing', ['apply', '--jobs-file', '{}/none.jsonl'], /none\.jsonl: no such file/],
    [
      'a jobs file and more',
      ['apply', '--jobs-file', '{}/none.jsonl', ...out],
      /-o cannot be given with --jobs-file/,
    ],
    [
      'an unknown operation to list',
      ['operations', 'gama'],
      /unknown operation "gama"; did you mean "gamma"\?/,
    ],
    ['nothing to tell about', ['info'], /no input/],
    ['no project', ['render', ...out], /no project; name a \.burnish or \.ora file, or - for standard input/],
    ['no output of a project', ['render', '{}/newer.burnish'], /no output; add -o/],
    [
      'further steps on a project',
      ['render', '{}/newer.burnish', '--op', 'negative', ...out],
      /unknown option "--op"/,
    ],
    [
      'one file for several projects',
      ['render', '{}/newer.burnish', '{}/cut.burnish', ...out],
      /cannot hold several/,
    ],
    ['no recipe and no project', ['script'], /no recipe; name a \.json or a \.burnish file/],
    ['a script of a picture', ['script', '{}/a.png'], /"{}\/a\.png" is neither a recipe .* nor a project/],
    [
      'a recipe and a project',
      ['script', 'a.json', '{}/newer.burnish'],
      /one recipe or project, not a\.json too/,
    ],
    ['no pixel', ['explain', '{}/a.png'], /no position; write --at X,Y/],
    ['a pixel that is none', ['explain', '{}/a.png', '--at', '1;2'], /--at: expected X,Y but received "1;2"/],
    [
      'a pixel outside',
      ['explain', '{}/a.png', '--at', '8,0'],
      /\(8, 0\) lies outside the result, which is 8 × 6/,
    ],
    ['two pictures to explain', ['explain', '{}/a.png', '{}/b.png', '--at', '0,0'], /one input, not 2/],
  ];
  it.each(rows.filter(([name]) => name !== 'a target that another job reads'))(
    '%s',
    async (_, words, line) => {
      await refused(words, 2, line);
    },
  );

  it('a target that is another input, in a template', async () => {
    await writePicture(at('1.png'), noise({ width: 2, height: 2, channels: 1, depth: 8 }));
    const words = ['apply', '{}/a.png', '{}/1.png', '-o', '{}/{index}.png', '--overwrite'];
    await refused(words, 2, /1\.png: it is an input and would be replaced by the result of .*a\.png/);
  });

  it.each([
    ['not JSON', 'operations', /recipe\.json: not valid JSON/],
    ['a newer version', '{"burnish":2,"operations":[]}', /burnish: this recipe is of version 2/],
    ['an unknown field', '{"burnish":1,"operations":[],"ops":1}', /ops: unknown field/],
    [
      'an unknown parameter',
      '{"burnish":1,"operations":[{"id":"negative"},{"id":"posterize","params":{"level":4}}]}',
      /operations\[1\]\.params\.level: unknown parameter; did you mean "levels"\?/,
    ],
    ['a prototype', '{"burnish":1,"operations":[],"__proto__":{}}', /a name that is not allowed/],
  ])('a recipe with %s', async (_, text, line) => {
    writeFileSync(at('recipe.json'), text);
    await refused(['apply', '{}/recipe.json', '{}/a.png', ...out], 2, line);
  });
});

describe('an input or a target that fails is told, with status 1', () => {
  const rows: readonly (readonly [name: string, words: readonly string[], line: RegExp])[] = [
    ['a missing input', ['apply', '{}/none.png', ...out], /{}\/none\.png: no such file; check the name/],
    ['a folder without pictures', ['apply', '{}/nothing', '-o', '{}/x/'], /{}\/nothing: holds no pictures/],
    ['a pattern without matches', ['apply', '{}/*.webp', '-o', '{}/x/'], /{}\/\*\.webp: no file matches/],
    ['a file that is no picture', ['apply', '{}/text.png', ...out], /{}\/text\.png: /],
    ['an empty file', ['apply', '{}/empty.png', ...out], /{}\/empty\.png: .*empty/],
    ['a format that is not read', ['apply', '{}/page.pdf', ...out], /{}\/page\.pdf: .*not supported/],
    ['a device as input', ['apply', '/dev/zero', ...out], /\/dev\/zero: is a device, not a file/],
    ['a path through a file', ['apply', '{}/a.png/b.png', ...out], /b\.png: a part of its path is a file/],
    [
      'a target that exists',
      ['apply', '{}/a.png', '-o', '{}/there.png'],
      /{}\/there\.png: exists already; add --overwrite to replace it/,
    ],
    ['the input as target', ['apply', '{}/a.png', '-o', '{}/a.png'], /{}\/a\.png: exists already/],
    [
      'a folder as target',
      ['apply', '{}/a.png', '-o', '{}/folder.png', '--overwrite'],
      /{}\/folder\.png: is a folder, not a file/,
    ],
    [
      'a folder as target in a template',
      ['apply', '{}/a.png', '-o', '{}/folder.{ext}', '--overwrite'],
      /is a folder, not a file/,
    ],
    [
      'a missing folder',
      ['apply', '{}/a.png', '-o', '{}/none/out.png'],
      /{}\/none\/out\.png: its folder does not exist; create the folder first/,
    ],
    [
      'a folder beneath a file',
      ['apply', '{}/a.png', '-o', '{}/there.png/x/{name}.png'],
      /there\.png\/x\/a\.png: /,
    ],
    [
      'a name that is too long',
      ['apply', '{}/a.png', '-o', `{}/${'n'.repeat(260)}.png`],
      /the name is too long/,
    ],
    ['a place of the system', ['apply', '{}/a.png', '-o', '/proc/burnish.png'], /\/proc\/burnish\.png: /],
    [
      'a device as target',
      ['apply', '{}/a.png', '-o', '/dev/null', '--format', 'png', '--overwrite'],
      /\/dev\/null: is a device, not a file/,
    ],
    [
      'a full device as target',
      ['apply', '{}/a.png', '-o', '/dev/full', '--format', 'png', '--overwrite'],
      /\/dev\/full: is a device, not a file/,
    ],
    [
      'a value that the picture does not allow',
      ['apply', '{}/a.png', '--op', 'bitPlane plane=12', ...out],
      /{}\/a\.png: bitPlane: .*plane/,
    ],
    ['nothing on standard input', ['apply', '-', ...out], /standard input: .*empty/],
    ['a missing project', ['render', '{}/none.burnish', ...out], /{}\/none\.burnish: no such file/],
    [
      'a picture instead of a project',
      ['render', '{}/a.png', ...out],
      /{}\/a\.png: is no Burnish project and no OpenRaster file; burnish apply takes pictures/,
    ],
    [
      'a project of a newer Burnish',
      ['render', '{}/newer.burnish', ...out],
      /{}\/newer\.burnish: made by a newer Burnish \(format 2\); this one reads format 1; update Burnish/,
    ],
    [
      'a project that is cut off',
      ['apply', '{}/cut.burnish', ...out],
      /cut\.burnish: the archive is cut off/,
    ],
    [
      'a project that is cut off to tell about',
      ['info', '{}/cut.burnish'],
      /cut\.burnish: the archive is cut off/,
    ],
    ['a script of a missing project', ['script', '{}/none.burnish'], /{}\/none\.burnish: no such file/],
    [
      'a script of a newer project',
      ['script', '{}/newer.burnish'],
      /newer\.burnish: made by a newer Burnish/,
    ],
    ['a missing picture to tell about', ['info', '{}/none.png'], /none\.png: no such file/],
    ['a missing picture to explain', ['explain', '{}/none.png', '--at', '0,0'], /none\.png: no such file/],
  ];
  it.each(rows)('%s', async (_, words, line) => {
    await refused(words, 1, line);
    expect(existsSync('/dev/null') && lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('a named pipe as input or target', async () => {
    execFileSync('mkfifo', [at('pipe.png')]);
    await refused(['apply', '{}/pipe.png', ...out], 1, /pipe\.png: is a named pipe, not a file/);
    await refused(['apply', '{}/a.png', '-o', '{}/pipe.png', '--overwrite'], 1, /pipe\.png: is a named pipe/);
    expect(lstatSync(at('pipe.png')).isFIFO()).toBe(true);
  });

  it('a socket as target', async () => {
    const server: Server = createServer().listen(at('socket.png'));
    await new Promise((ready) => server.once('listening', ready));
    await refused(['apply', '{}/a.png', '-o', '{}/socket.png', '--overwrite'], 1, /socket\.png: is a socket/);
    await new Promise((closed) => server.close(closed));
  });

  it('links that lead nowhere, as input and as target', async () => {
    symlinkSync('nowhere', at('link.png'));
    await refused(['apply', '{}/link.png', ...out], 1, /link\.png: no such file/);
    await refused(
      ['apply', '{}/a.png', '-o', '{}/link.png', '--overwrite'],
      1,
      /symbolic link that leads nowhere/,
    );
  });

  it('a file cut short says so where nothing can be read of it', async () => {
    writeFileSync(at('cut.png'), Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    await refused(['apply', '{}/cut.png', ...out], 1, /cut\.png: /);
  });

  it.each([
    ['missing', 'none.py', /none\.py: no such file/],
    [
      'no text of a script',
      'text.png',
      /text\.png: line 1: there is no function edit; give a file that burnish/,
    ],
    ['changed where no value is', 'edit.py', /edit\.py: line 3: a step is image = FUNCTION\(image, …\)$/m],
  ])('a script to import that is %s', async (_, name, line) => {
    writeFileSync(at('edit.py'), 'def edit(image):\n    # 1. Crop\n    del image\n    return image\n');
    await refused(['import-script', `{}/${name}`, '-o', '{}/recipe.json'], 1, line);
  });

  it('a name with control characters stays on one line', async () => {
    await refused(['apply', '{}/a\nb\u001b[31m.png', ...out], 1, /a\\nb\\u001b\[31m\.png: no such file/);
  });

  it.each([
    ['missing', 'none.png', /second picture {}\/none\.png: no such file/],
    ['no picture', 'text.png', /second picture {}\/text\.png: /],
    ['of another size', 'other-size.png', /blend: .*other-size\.png .*9 × 6 .*8 × 6/],
  ])('a second picture that is %s', async (_, name, line) => {
    await refused(['apply', '{}/a.png', '--op', `blend mode=multiply source="{}/${name}"`, ...out], 1, line);
  });
});
