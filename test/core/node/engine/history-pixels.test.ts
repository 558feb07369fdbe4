import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Document } from '../../../../core/document/document';
import { append, canRedo, canUndo, current, redo, undo, type Log } from '../../../../core/document/log';
import { logFromRecords, logToRecords } from '../../../../core/document/log-records';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { commandFor, dice, type Dice } from '../../document/commands-arbitrary';
import { sampleLog } from '../../document/sample';
import { sharedNoise } from '../../../support/documents';
import { plainPicture, type Pictures } from '../../../support/plain-picture';
import { runs } from '../../../support/runs';

// A small tile, so that even these pictures have several; one engine throughout, so that its cache is full of what was.
const engine = startEngine({ workers: 2, tile: { width: 24, height: 10 } });

afterAll(() => engine.close());

function picturesOf(documents: readonly Document[], into: Engine): Pictures {
  const pictures: Record<string, ReturnType<typeof sharedNoise>> = {};
  for (const document of documents) {
    for (const source of Object.values(document.sources)) {
      if (pictures[source.id] !== undefined) continue;
      pictures[source.id] = sharedNoise(source, source.id.charCodeAt(0));
      if (!into.hasSource(source.id)) into.addSource(source.id, pictures[source.id]);
    }
  }
  return pictures;
}

async function pixels(document: Document): Promise<string> {
  const rendered = await engine.render({ document, level: 0, exact: true, region: null, format: 'export' });
  if (!rendered.ok) throw new Error(rendered.fault.message);
  const { width, height, channels, depth, data } = rendered.value.raster;
  return [width, height, channels, depth, Buffer.from(data).toString('base64')].join(' ');
}

function edited(rolls: readonly Dice[]): Log {
  let log = sampleLog({ width: 40, height: 25 });
  for (const [number, roll] of rolls.entries()) {
    const next = append(log, commandFor(current(log), number + 1, roll));
    if (next.ok) log = next.value;
  }
  return log;
}

describe('undo and redo', () => {
  it('give back the same pixels at every step, all the way down and up again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(dice, { minLength: 1, maxLength: 12, size: 'max' }), async (rolls) => {
        let log = edited(rolls);
        const seen: string[] = [];
        picturesOf([current(log)], engine);
        for (;;) {
          seen.push(await pixels(current(log)));
          if (!canUndo(log)) break;
          log = undo(log);
        }
        const again: string[] = [seen[seen.length - 1]];
        while (canRedo(log)) {
          log = redo(log);
          again.push(await pixels(current(log)));
        }
        expect(again.reverse()).toEqual(seen);
      }),
      { numRuns: runs(16) },
    );
  });

  it('give the pixels that a fresh replay of the records gives, and the plain picture', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(dice, { minLength: 1, maxLength: 12, size: 'max' }), async (rolls) => {
        const log = edited(rolls);
        const replayed = logFromRecords(logToRecords(log));
        if (!replayed.ok) throw new Error(replayed.fault.message);
        const document = current(replayed.value);
        const pictures = picturesOf([document], engine);
        const shown = await pixels(document);
        expect(shown).toBe(await pixels(current(log)));
        const plain = plainPicture(document, pictures);
        expect(shown).toBe(
          [
            plain.width,
            plain.height,
            plain.channels,
            plain.depth,
            Buffer.from(plain.data).toString('base64'),
          ].join(' '),
        );
      }),
      { numRuns: runs(16) },
    );
  });
});
