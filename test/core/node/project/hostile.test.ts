/**
 * Projects that nobody honest wrote: what is wrong with them is told in one sentence, nothing is written anywhere, nothing that
 * all objects share is changed, and no bytes at all make reading throw.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../../../core/document/command';
import { append, undo, type Log } from '../../../../core/document/log';
import { logToRecords } from '../../../../core/document/log-records';
import { defaultProjectLimits } from '../../../../core/node/project/limits';
import { readProject, type ProjectLimits } from '../../../../core/node/project/project-file';
import { sentence } from '../../../../core/raster/fault';
import { wordsOf } from '../../../support/source-words';
import { projectBytes, sha256, TestPictures } from '../../../support/projects';
import { makeZip, unixMode, zip64End, type MadeEnd, type MadeEntry } from '../../../support/zip-maker';
import { step, valueOf } from '../../document/sample';

const LIMITS: ProjectLimits = {
  ...defaultProjectLimits,
  entries: 40,
  entryBytes: 200_000,
  totalBytes: 400_000,
};
const FOLDER = join(import.meta.dirname, '../../../../core/node/project');

let pictures: TestPictures;
let log: Log;
let honest: readonly MadeEntry[];

/** Two layers, three steps, the last of them undone. */
function someLog(): Log {
  const time = 5000;
  const { source } = pictures.byLetter['b'];
  const blur = { ...step('blur', 'boxBlur', { size: 3 }), opacity: 0.5 };
  const commands: readonly Command[] = [
    { type: 'step.add', time, owner: 'l', step: step('gamma', 'gamma', { gamma: 2.2 }), index: 0 },
    { type: 'layer.add', time, layer: 'second', source, name: 'Second', index: 1 },
    { type: 'recipe.apply', time, owner: 'second', name: 'Soft', steps: [blur], index: 0, sources: [] },
    { type: 'layer.opacity', time, layer: 'second', opacity: 0.25 },
    { type: 'step.add', time, owner: 'canvas', step: step('negative', 'negative'), index: 0 },
  ];
  return undo(commands.reduce((before, command) => valueOf(append(before, command)), pictures.log([])));
}

beforeAll(async () => {
  pictures = await TestPictures.make();
  log = someLog();
  const [position] = logToRecords(log).slice(-1);
  const lines = logToRecords(log)
    .slice(0, -1)
    .map((record) => `${JSON.stringify(record)}\n`);
  const meta = { burnish: 1, canvas: { width: 40, height: 25 }, position, rendered: false };
  const used = new Set(JSON.stringify(lines).match(/[0-9a-f]{64}/g));
  const files = [...pictures.files].filter(([id]) => used.has(id));
  honest = [
    { name: 'mimetype', content: 'image/openraster' },
    { name: 'burnish/meta.json', content: JSON.stringify(meta), deflate: true },
    { name: 'burnish/history.jsonl', content: lines.join(''), deflate: true },
    ...files.map(([id, { bytes }]) => ({ name: `burnish/sources/${id}.png`, content: bytes })),
  ];
});

type Case = readonly [name: string, bytes: Uint8Array, line?: RegExp];

/** The honest archive with one entry changed. */
function changed(name: string, change: (entry: MadeEntry) => MadeEntry | readonly MadeEntry[]): Uint8Array {
  return makeZip(honest.flatMap((entry) => (entry.name === name ? change(entry) : entry)));
}

const META = 'burnish/meta.json';
const HISTORY = 'burnish/history.jsonl';
const source = (): string => String(honest[3].name);

const added = (...entries: readonly MadeEntry[]): Uint8Array => makeZip([...honest, ...entries]);
const ending = (end: Partial<MadeEnd>): Uint8Array => makeZip(honest, end);
const content = (name: string, text: string | Uint8Array): Uint8Array =>
  changed(name, (entry) => ({ ...entry, content: text }));
const says = (name: string, lie: MadeEntry['says']): Uint8Array =>
  changed(name, (entry) => ({ ...entry, says: lie ?? {} }));
const directorySays = (name: string, lie: MadeEntry['directorySays']): Uint8Array =>
  changed(name, (entry) => ({ ...entry, directorySays: lie ?? {} }));

function json(name: string): Record<string, unknown> {
  return JSON.parse(String(honest.find((entry) => entry.name === name)?.content));
}

function lines(): string[] {
  return String(honest[2].content).split('\n').slice(0, -1);
}

const history = (change: (all: string[]) => readonly string[]): Uint8Array =>
  content(
    HISTORY,
    change(lines())
      .map((line) => `${line}\n`)
      .join(''),
  );
const meta = (change: object): Uint8Array => content(META, JSON.stringify({ ...json(META), ...change }));

/** Every value that stands somewhere in a JSON value, with what puts another in its place. */
function places(
  value: unknown,
  put: (other: unknown) => unknown = (other) => other,
): { readonly value: unknown; readonly put: (other: unknown) => unknown; readonly path: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const within = (other: unknown): unknown =>
      put(
        Array.isArray(value)
          ? value.map((each, at) => (String(at) === name ? other : each))
          : { ...value, [name]: other },
      );
    return [
      { value: part, put: within, path: name },
      ...places(part, within).map((place) => ({ ...place, path: `${name}.${place.path}` })),
    ];
  });
}

function archiveCases(): readonly Case[] {
  const text = { name: 'notes.txt', content: 'hello' };
  const bomb = Buffer.alloc(150_000);
  return [
    ['nothing', new Uint8Array(), /^the file is empty$/],
    ['a text', Buffer.from('burnish'.repeat(50)), /directory is missing/],
    ['a picture', pictures.byLetter['a'].file.bytes, /directory is missing/],
    ['an empty archive', makeZip([]), /not a Burnish project/],
    [
      'more files than anybody needs',
      added(...Array.from({ length: 41 }, (_, at) => ({ ...text, name: `${at}` }))),
      /more than 40 files/,
    ],
    ['a bomb', added({ ...text, content: bomb, deflate: true }), /"notes\.txt" .* more than 100 times/],
    ['a bomb for the history', content(HISTORY, bomb), /more than 100 times/],
    [
      'a file larger than allowed',
      added({ ...text, content: Buffer.alloc(200_001) }),
      /200001 bytes; at most 200000/,
    ],
    [
      'a link',
      added({ ...text, directorySays: unixMode(0o120777) }),
      /"notes\.txt" in the archive is a link/,
    ],
    ['a device', added({ ...text, directorySays: unixMode(0o020666) }), /is a link or a device/],
    ['a pipe', added({ ...text, directorySays: unixMode(0o010666) }), /is a link or a device/],
    ['a link in place of an original', directorySays(source(), unixMode(0o120777)), /is a link/],
    ['an encrypted file', added({ ...text, says: { flags: 1 } }), /"notes\.txt" in the archive is encrypted/],
    ['an encrypted history', says(HISTORY, { flags: 1 }), /is encrypted/],
    ['another way of compressing', says(HISTORY, { method: 12 }), /compressed in a way/],
    [
      'a name twice',
      added({ name: META, content: '{}' }),
      /"burnish\/meta\.json" is in the archive twice|two ways/,
    ],
    [
      'an original under two endings',
      added({ name: source().replace('.png', '.jpg'), content: 'x' }),
      /two endings/,
    ],
    ['a folder with content', added({ name: 'folder/', content: 'x' }), /the folder "folder\/" has content/],
    ['a wrong mimetype', content('mimetype', 'image/png'), /not a Burnish project/],
    ['a mimetype with a line break', content('mimetype', 'image/openraster\n'), /not a Burnish project/],
    [
      'a compressed mimetype',
      changed('mimetype', (entry) => ({ ...entry, deflate: true })),
      /not a Burnish project/,
    ],
    ['a mimetype that is not first', makeZip([...honest.slice(1), honest[0]]), /not a Burnish project/],
    ['no mimetype', makeZip(honest.slice(1)), /not a Burnish project/],
    [
      'a plain OpenRaster file',
      makeZip([honest[0], { name: 'stack.xml', content: '<image/>' }]),
      /burnish\/meta\.json is missing/,
    ],
    ['no meta.json', changed(META, () => []), /burnish\/meta\.json is missing/],
    ['no history', changed(HISTORY, () => []), /burnish\/history\.jsonl is missing/],
    ['a missing original', changed(source(), () => []), /the original of "[a-d]\.png" is missing/],
    [
      'an original that is another file',
      content(source(), 'something else'),
      /is not the file that was opened/,
    ],
    [
      'a wrong checksum of the history',
      says(HISTORY, { crc: 1 }),
      /burnish\/history\.jsonl: the checksum does not match/,
    ],
    ['a wrong checksum of an original', says(source(), { crc: 1 }), /the checksum does not match/],
    [
      'broken compressed data',
      changed(HISTORY, (entry) => ({ ...entry, deflate: false, says: { method: 8, size: 500 } })),
      /burnish\/history\.jsonl: /,
    ],
    ['a size that is too small', says(HISTORY, { size: 10 }), /the size is not the one/],
    ['a size that is too large', says(HISTORY, { size: 5000 }), /size is not the one|checksum/],
    ['a size in the directory alone', directorySays(HISTORY, { size: 10 }), /two ways|size/],
    [
      'a compressed size beyond the end',
      says(source(), { compressed: 190_000, size: 190_000 }),
      /broken|cut off|two ways|size/,
    ],
    ['sizes of 4 GB', says(HISTORY, { compressed: 0xffffffff, size: 0xffffffff }), /./],
    [
      'a zip64 field that is cut',
      changed(HISTORY, (entry) => ({
        ...entry,
        says: { compressed: 0xffffffff },
        extra: Buffer.from([1, 0, 8, 0, 1]),
      })),
      /./,
    ],
    [
      'a zip64 field with absurd sizes',
      changed(HISTORY, (entry) => ({
        ...entry,
        says: { compressed: 0xffffffff, size: 0xffffffff },
        extra: Buffer.concat([Buffer.from([1, 0, 16, 0]), Buffer.alloc(16, 0xff)]),
      })),
      /./,
    ],
    [
      'a zip64 end that leads nowhere',
      ending({
        entries: 0xffff,
        length: 0xffffffff,
        offset: 0xffffffff,
        before: zip64End(5, 10, 2 ** 40, 2 ** 41),
      }),
      /./,
    ],
    [
      'a zip64 end without its locator',
      ending({ entries: 0xffff, length: 0xffffffff, offset: 0xffffffff }),
      /./,
    ],
    ['more files declared than are there', ending({ entries: 7 }), /./],
    ['fewer files declared than are there', ending({ entries: 2 }), /./],
    ['a directory elsewhere', ending({ offset: 10 }), /./],
    ['a directory of another length', ending({ length: 20 }), /./],
    ['one part of several', ending({ disk: 3 }), /one part of several|two ways|broken/],
    ['something in front', Buffer.concat([Buffer.from('#!/bin/sh\n'), makeZip(honest)]), /./],
    ['something behind', Buffer.concat([makeZip(honest), Buffer.from('more')]), /./],
    ['two archives behind each other', Buffer.concat([makeZip(honest), makeZip(honest)]), /./],
    [
      'another name in front of the file',
      changed(HISTORY, (entry) => ({ ...entry, name: HISTORY, directorySays: { flags: 0x800 } })),
      /./,
    ],
  ];
}

const NAMES: readonly (readonly [name: string, line: RegExp])[] = [
  ['../evil.txt', /leads out of the archive/],
  ['..', /leads out/],
  ['burnish/../../evil', /leads out/],
  ['burnish/sources/..', /leads out/],
  ['../', /leads out/],
  ['/etc/passwd', /begins at the top of a disk/],
  ['//server/share', /begins at the top/],
  ['C:/windows/evil.dll', /begins at the top/],
  ['c:evil', /begins at the top/],
  ['..\\evil.txt', /backslash/],
  ['\\\\server\\share', /backslash/],
  ['burnish\\meta.json', /backslash/],
  ['evil\0.png', /characters that no name has/],
  ['burnish/meta.json\0', /characters that no name has/],
  ['new\nline', /characters that no name has/],
  ['\u001b[2J', /characters that no name has/],
  ['\u0085', /characters that no name has/],
  ['./evil', /a part that is no name/],
  ['a/./b', /a part that is no name/],
  ['a//b', /a part that is no name/],
  ['', /is empty/],
  ['x'.repeat(1025), /more than 1024 characters/],
];

function nameCases(): readonly Case[] {
  return NAMES.flatMap(([name, line]): readonly Case[] => [
    [
      `the name ${JSON.stringify(name).slice(0, 40)}`,
      added({ name, content: 'x', says: { flags: 0x800 } }),
      line,
    ],
    [
      `the name ${JSON.stringify(name).slice(0, 40)} of a compressed file`,
      added({ name, content: 'xyz', deflate: true, says: { flags: 0x800 } }),
      line,
    ],
  ]);
}

function metaCases(): readonly Case[] {
  const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
  const others: readonly unknown[] = [null, -1, 1.5, 'text', [], 2 ** 53];
  return [
    ['meta.json that is no JSON', content(META, '{"burnish":'), /burnish\/meta\.json is not valid JSON/],
    [
      'meta.json that is no text',
      content(META, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
      /is not text in UTF-8/,
    ],
    ['meta.json that is a list', content(META, '[]'), /does not say which format/],
    ['meta.json that is null', content(META, 'null'), /does not say which format/],
    ['meta.json that is deep', content(META, `{"burnish":1,"x":${deep}}`), /nested more than 64 deep/],
    [
      'a newer format',
      meta({ burnish: 2 }),
      /^made by a newer Burnish \(format 2\); this one reads format 1; update Burnish$/,
    ],
    ['a much newer format with unknown parts', content(META, '{"burnish":77,"other":[]}'), /\(format 77\)/],
    [
      'a newer format with another history',
      makeZip(
        honest.map((entry) =>
          entry.name === META
            ? { ...entry, content: '{"burnish":2}' }
            : entry.name === HISTORY
              ? { ...entry, content: 'binary' }
              : entry,
        ),
      ),
      /\(format 2\)/,
    ],
    ['a format that is no number', meta({ burnish: '1' }), /no valid number of a format/],
    ['format 0', meta({ burnish: 0 }), /no valid number/],
    ['format 1.5', meta({ burnish: 1.5 }), /no valid number/],
    ['an unknown field', meta({ canvass: 1 }), /canvass: unknown field; did you mean "canvas"/],
    [
      '__proto__ in meta.json',
      content(META, `{"__proto__":{"polluted":true},${JSON.stringify(json(META)).slice(1)}`),
      /a name that is not allowed/,
    ],
    [
      'constructor in meta.json',
      content(META, `{"constructor":{"prototype":{"polluted":1}},${JSON.stringify(json(META)).slice(1)}`),
      /a name that is not allowed/,
    ],
    [
      'a number beyond all',
      content(META, JSON.stringify(json(META)).replace('40', '1e999')),
      /not a finite number/,
    ],
    [
      'a position beyond the end',
      meta({ position: { current: 99, tip: 99 } }),
      /^burnish\/meta\.json: it stands at an entry that does not exist$/,
    ],
    [
      'a position on no line',
      meta({ position: { current: log.entries.length - 1, tip: 0 } }),
      /not on the way/,
    ],
    ...places(json(META))
      .filter(({ path }) => path !== 'burnish')
      .flatMap(({ path, put }) =>
        others.map((other): Case => {
          const name = `meta.json with ${path} ${JSON.stringify(other)}`;
          return [
            name,
            content(META, JSON.stringify(put(other))),
            /burnish\/meta\.json: [a-z.]+: (expected|is missing)/,
          ];
        }),
      ),
  ];
}

function historyCases(): readonly Case[] {
  const record = (at: number): Record<string, unknown> => JSON.parse(lines()[at]);
  const replaced = (at: number, line: string): Uint8Array => history((all) => all.with(at, line));
  return [
    ['an empty history', content(HISTORY, ''), /burnish\/history\.jsonl is empty/],
    ['a history cut off in a line', content(HISTORY, lines().join('\n')), /line \d+ is cut off/],
    ['a line that is no JSON', replaced(1, '{'), /history\.jsonl: line 2 is not valid JSON/],
    ['an empty line', replaced(1, ''), /line 2 is not valid JSON/],
    ['a history that is no text', content(HISTORY, Buffer.from([0xc3, 0x28, 0x0a])), /is not text in UTF-8/],
    ['a line that is a position', replaced(1, '{"current":0,"tip":0}'), /line 2 is not a step/],
    ['a deep line', replaced(1, `${'{"a":'.repeat(80)}1${'}'.repeat(80)}`), /nested more than 64 deep/],
    [
      '__proto__ in a command',
      replaced(1, lines()[1].replace('"command":{', '"command":{"__proto__":{"polluted":true},')),
      /a name that is not allowed/,
    ],
    [
      '__proto__ in parameters',
      history((all) => all.map((line) => line.replace('"params":{', '"params":{"__proto__":{"x":1},'))),
      /a name that is not allowed/,
    ],
    ['a history without its beginning', history((all) => all.slice(1)), /record 1 of the history/],
    [
      'a history with a gap',
      history((all) => all.toSpliced(1, 1)),
      /record 2 of the history: expected entry 1/,
    ],
    [
      'lines in another order',
      history((all) => [all[0], all[2], all[1], ...all.slice(3)]),
      /record 2 of the history/,
    ],
    ['a beginning that comes twice', history((all) => [all[0], ...all]), /record 2 of the history/],
    ...lines().flatMap((_, at) =>
      places(record(at))
        .filter(({ path }) => !/params\.|\.name$|^text|^action|profile|format$/.test(path))
        .flatMap(({ path, put, value }): readonly Case[] => [
          [`line ${at + 1} with ${path} a list`, replaced(at, JSON.stringify(put([[]]))), /./],
          [
            `line ${at + 1} with ${path} ${typeof value === 'number' ? 'not a number' : 'a number'}`,
            replaced(at, JSON.stringify(put(typeof value === 'number' ? 'x' : -0.5))),
            /./,
          ],
        ]),
    ),
    ...lines().map((line, at): Case => [
      `line ${at + 1} with an unknown field`,
      replaced(at, line.replace('{', '{"surprise":1,')),
      /is not a step/,
    ]),
  ];
}

/** Cut at lengths over the whole file. */
function cutCases(): readonly Case[] {
  const whole = makeZip(honest);
  return Array.from({ length: 60 }, (_, at): Case => {
    const length = Math.floor((whole.length * at) / 60);
    return [`cut off after ${length} bytes`, whole.subarray(0, length), /./];
  });
}

/** What reading it says; a refusal is one line in words. */
async function refusalOf(bytes: Uint8Array): Promise<string | null> {
  const read = await readProject(bytes, LIMITS);
  return read.ok ? null : sentence(read.fault);
}

describe('a hostile project', () => {
  it('has an honest twin, which is read', async () => {
    const read = valueOf(await readProject(makeZip(honest), LIMITS));
    expect(logToRecords(read.log)).toEqual(logToRecords(log));
    expect(log.entries.length).toBeGreaterThanOrEqual(5);
  });

  it('is refused in words, in at least 300 cases, and leaves nothing behind', async () => {
    const cases = [...archiveCases(), ...nameCases(), ...metaCases(), ...historyCases(), ...cutCases()];
    expect(cases.length).toBeGreaterThanOrEqual(300);
    const before = Object.getOwnPropertyNames(Object.prototype);
    const wrong: string[] = [];
    for (const [name, bytes, line = /./] of cases) {
      const said = await refusalOf(bytes).catch((error: unknown) => `THREW ${String(error)}`);
      if (said === null || !line.test(said) || !/^[^\n]{10,300}$/.test(said) || said.startsWith('THREW')) {
        wrong.push(`${name}: ${said}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect('polluted' in {}).toBe(false);
  });

  it('is refused before more of it is read than is allowed in all', async () => {
    const sizes = honest.map(({ content }) => Buffer.from(content).length);
    const enough = sizes.reduce((sum, size) => sum + size);
    const totalBytes = enough - 1;
    const read = await readProject(makeZip(honest), { ...LIMITS, totalBytes });
    expect(read.ok ? '' : read.fault.message).toBe(
      `the archive holds more than ${totalBytes} bytes that have to be read`,
    );
    expect((await readProject(makeZip(honest), { ...LIMITS, totalBytes: enough })).ok).toBe(true);
  });

  it('is refused or read as it is, whichever of its bits are turned', async () => {
    const whole = await projectBytes({ log, files: pictures.files });
    const records = logToRecords(log);
    let refused = 0;
    for (let at = 0; at < 400; at++) {
      const bytes = Uint8Array.from(whole);
      const bit = Number.parseInt(sha256(Buffer.from(String(at))).slice(0, 12), 16) % (whole.length * 8);
      bytes[bit >> 3] ^= 1 << (bit & 7);
      const read = await readProject(bytes, LIMITS);
      if (!read.ok) refused += 1;
      // Dates and the like may change without harm.
      else expect(logToRecords(read.value.log)).toEqual(records);
    }
    expect(refused).toBeGreaterThan(350);
  });

  it('cannot reach the disk: nothing that reads or writes projects knows of files', () => {
    const names = readdirSync(FOLDER);
    expect(names).toContain('archive-reading.ts');
    const imports = names.flatMap((name) => wordsOf(name, readFileSync(join(FOLDER, name), 'utf8')).imports);
    expect(
      imports.filter((each) => /^(node:)?(fs|child_process|worker_threads|net|http|os)\b/.test(each)),
    ).toEqual([]);
  });
});
