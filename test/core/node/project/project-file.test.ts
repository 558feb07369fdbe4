import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { append, discarded, type Log } from '../../../../core/document/log';
import { logToRecords } from '../../../../core/document/log-records';
import {
  isProject,
  readProject,
  writeProject,
  type ReadProject,
  type SourceFile,
  type Rendering,
} from '../../../../core/node/project/project-file';
import { dice } from '../../document/commands-arbitrary';
import { step, valueOf } from '../../document/sample';
import { projectBytes, TestPictures } from '../../../support/projects';
import { makeZip } from '../../../support/zip-maker';

let pictures: TestPictures;
beforeAll(async () => {
  pictures = await TestPictures.make();
});

const rolls = fc.array(dice, { minLength: 1, maxLength: 25, size: 'max' });

async function saved(log: Log, rendering: Rendering | null = null): Promise<Uint8Array> {
  return projectBytes({ log, files: pictures.files }, rendering);
}

async function reopened(log: Log): Promise<ReadProject<SourceFile>> {
  return valueOf(await readProject(await saved(log)));
}

describe('a project', () => {
  it('gives back the whole log: every step, those discarded and replaced too, and where it stands', async () => {
    await fc.assert(
      fc.asyncProperty(rolls, async (given) => {
        const log = pictures.log(given);
        const { log: again, notices } = await reopened(log);
        expect(logToRecords(again)).toEqual(logToRecords(log));
        expect(discarded(again)).toEqual(discarded(log));
        expect(notices).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('gives back the original bytes and the name of every picture that the history ever used', async () => {
    await fc.assert(
      fc.asyncProperty(rolls, async (given) => {
        const log = pictures.log(given);
        const used = new Set(JSON.stringify(logToRecords(log)).match(/[0-9a-f]{64}/g));
        const { files } = await reopened(log);
        expect(new Set(files.keys())).toEqual(used);
        for (const [id, { name, bytes }] of files) {
          expect({ name, bytes: Buffer.from(bytes) }).toEqual({
            name: pictures.files.get(id)?.name,
            bytes: Buffer.from(pictures.files.get(id)?.bytes ?? []),
          });
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is the same bytes for the same content, whatever the hour', async () => {
    await fc.assert(
      fc.asyncProperty(rolls, async (given) => {
        const log = pictures.log(given);
        const first = await saved(log);
        const again = valueOf(await readProject(first));
        const second = await projectBytes(again);
        expect(Buffer.compare(first, second)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('is recognised by its content, with its flat parts and without', async () => {
    const log = pictures.log([]);
    expect(isProject(await saved(log))).toBe(true);
    expect(isProject(await saved(log, pictures.rendering))).toBe(true);
  });

  it('is smaller without its flat parts, and reads the same', async () => {
    const log = pictures.log([]);
    const whole = await saved(log, pictures.rendering);
    const small = await saved(log);
    expect(small.length).toBeLessThan(whole.length);
    expect(valueOf(await readProject(small))).toEqual(valueOf(await readProject(whole)));
  });

  it('says which files of others it will not keep', async () => {
    const log = pictures.log([]);
    const { position, lines } = {
      position: logToRecords(log)[1],
      lines: `${JSON.stringify(logToRecords(log)[0])}\n`,
    };
    const meta = { burnish: 1, canvas: { width: 40, height: 25 }, position, rendered: false };
    const { source, file } = pictures.byLetter['a'];
    const bytes = makeZip([
      { name: 'mimetype', content: 'image/openraster' },
      { name: 'burnish/meta.json', content: JSON.stringify(meta) },
      { name: 'burnish/history.jsonl', content: lines },
      { name: `burnish/sources/${source.id}.png`, content: file.bytes },
      { name: 'palette.gpl', content: 'GIMP Palette' },
      { name: `burnish/sources/${'0'.repeat(64)}.png`, content: 'of no step' },
    ]);
    expect(valueOf(await readProject(bytes)).notices).toEqual([
      'the project holds files that Burnish does not know and will not keep: "palette.gpl" and 1 more',
    ]);
  });

  it('can be read again however far its history shrinks when it is compressed', async () => {
    const kernel = Array.from({ length: 101 }, () => Array<number>(101).fill(0));
    let log = pictures.log([]);
    for (let at = 0; at < 12; at++) {
      const added = step(`k${at}`, 'convolve', { kernel });
      log = valueOf(append(log, { type: 'step.add', time: 0, owner: 'l', step: added, index: at }));
    }
    const text = Buffer.from(JSON.stringify(logToRecords(log)));
    expect(text.length).toBeGreaterThan(100 * deflateRawSync(text).length);
    expect(logToRecords((await reopened(log)).log)).toEqual(logToRecords(log));
  });

  it('is no plain OpenRaster file, no other archive and no picture', () => {
    const stack = { name: 'stack.xml', content: '<image w="1" h="1"><stack/></image>' };
    const mimetype = { name: 'mimetype', content: 'image/openraster' };
    const meta = { name: 'burnish/meta.json', content: '{}' };
    expect(isProject(makeZip([mimetype, meta, stack]))).toBe(true);
    expect(isProject(makeZip([mimetype, stack]))).toBe(false);
    expect(isProject(makeZip([meta, mimetype]))).toBe(false);
    expect(isProject(makeZip([{ ...mimetype, content: 'image/png' }, meta]))).toBe(false);
    expect(isProject(makeZip([{ ...mimetype, deflate: true }, meta]))).toBe(false);
    expect(isProject(pictures.byLetter['a'].file.bytes)).toBe(false);
    for (let length = 0; length < 60; length++) {
      expect(isProject(makeZip([mimetype, meta]).subarray(0, length))).toBe(false);
    }
  });

  it('is not written while the original of a picture is not at hand', async () => {
    const log = pictures.log([]);
    const written = await writeProject({ log, files: new Map() }, null);
    expect(written.ok ? null : written.fault).toEqual({
      code: 'not-found',
      message: 'the original file of a.png is not at hand',
      remedy: 'open it again',
    });
  });

  it('is not written with the bytes of another picture', async () => {
    const log = pictures.log([]);
    const [a, b] = ['a', 'b'].map((letter) => pictures.byLetter[letter]);
    const files = new Map([[a.source.id, b.file]]);
    await expect(writeProject({ log, files }, null)).rejects.toThrow(/not those of/);
  });
});
