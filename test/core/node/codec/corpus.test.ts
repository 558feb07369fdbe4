// Every rule of the corpus, on a sample that takes seconds, or on every file with BURNISH_FULL=1.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import { complaintsAbout, corpusFiles, corpusFolder, type CorpusFile } from './corpus';

const full = process.env['BURNISH_FULL'] === '1';
/** Of each class and kind, besides the classes that are always read whole. */
const SAMPLE = 12;
const ALWAYS = ['orientation/', 'icc/', 'misc/', 'bomb/'];

/** Classes that the manifest has wrong: the reason beside each. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'malformed/svg/twelvemonkeys__e332e3__barChart.svg': 'well formed; sharp opens it',
};

/** The same choice every time: files in the order of a hash of their names. */
function scattered(file: string): number {
  let hash = 2_166_136_261;
  for (const letter of file) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
  return hash >>> 0;
}

function sample(files: readonly CorpusFile[]): readonly CorpusFile[] {
  if (full) return files;
  const groups = new Map<string, CorpusFile[]>();
  for (const file of [...files].sort((a, b) => scattered(a.file) - scattered(b.file))) {
    const name = `${file.class} ${file.kind} ${file.expect}`;
    groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  const chosen = [...groups.values()].flatMap((group) => group.slice(0, SAMPLE));
  const always = files.filter(({ file }) => ALWAYS.some((folder) => file.startsWith(folder)));
  return [...new Set([...always, ...chosen])];
}

describe.skipIf(corpusFolder === undefined)('the corpus', () => {
  let codec: Codec;
  beforeAll(() => {
    codec = startCodec();
  });
  afterAll(() => codec.close());

  const files = corpusFolder === undefined ? [] : sample(corpusFiles(corpusFolder));

  it(`keeps its rules, ${files.length} files`, async () => {
    const complaints: string[] = [];
    const waiting = files.filter(({ file }) => EXCEPTIONS[file] === undefined);
    const work = async (): Promise<void> => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        const outcome = await codec.decode(readFileSync(join(corpusFolder ?? '', file.file)));
        complaints.push(...complaintsAbout(file, outcome).map((complaint) => `${file.file}: ${complaint}`));
      }
    };
    await Promise.all([work(), work()]);
    expect(complaints).toEqual([]);
  }, 600_000);

  it('has headers that say what decoding then gives', async () => {
    const opened = files.filter(({ expect: rule }) => rule === 'open').slice(0, full ? undefined : 60);
    for (const { file } of opened) {
      const bytes = readFileSync(join(corpusFolder ?? '', file));
      const [info, decoded] = await Promise.all([codec.info(bytes), codec.decode(bytes)]);
      if (info.ok && decoded.ok) expect(info.value, file).toEqual(decoded.value.info);
      else expect([file, info.ok, decoded.ok]).toEqual([file, false, false]);
    }
  }, 600_000);
});
if (corpusFolder === undefined) console.log('skipped: no corpus (BURNISH_CORPORA names its folder)');
