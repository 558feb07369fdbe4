/** Saved, closed, reopened, undone to the start and redone: the same pixels, computed from the bytes that came out of the file. */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canRedo, canUndo, current, redo, undo, type Log } from '../../../../core/document/log';
import { startCodec } from '../../../../core/node/codec/codec';
import { startEngine } from '../../../../core/node/engine/engine';
import {
  readProject,
  type ProjectContent,
  type SourceFile,
} from '../../../../core/node/project/project-file';
import { shapeOf, type Raster } from '../../../../core/raster/raster';
import { plainPicture } from '../../../support/plain-picture';
import { encodePng, projectBytes, TestPictures } from '../../../support/projects';
import { dice } from '../../document/commands-arbitrary';
import { valueOf } from '../../document/sample';

const engine = startEngine({ workers: 2 });
const codec = startCodec({ processes: 1 });
let pictures: TestPictures;

beforeAll(async () => {
  pictures = await TestPictures.make();
});
afterAll(() => Promise.all([engine.close(), codec.close()]));

/** Opens the pictures of a project from the bytes that it holds; each once, because they are named by their bytes. */
async function openPictures({ files }: ProjectContent<SourceFile>): Promise<void> {
  for (const [id, { bytes }] of files) {
    if (!engine.hasSource(id)) engine.addSource(id, valueOf(await codec.decode(bytes)).raster);
  }
}

async function shown(log: Log): Promise<Raster> {
  const document = current(log);
  const request = { document, level: 0, exact: true, region: null, format: 'export' } as const;
  return valueOf(await engine.render(request)).raster;
}

function samples(raster: Raster): string {
  return JSON.stringify([shapeOf(raster), Buffer.from(raster.data).toString('base64')]);
}

describe('a project', () => {
  it('shows the same pixels at every step of its history, all the way down and up again', async () => {
    let steps = 0;
    const rolls = fc.array(dice, { minLength: 1, maxLength: 12, size: 'max' });
    await fc.assert(
      fc.asyncProperty(rolls, fc.boolean(), async (given, small) => {
        let before = pictures.log(given);
        for (const { source, raster } of Object.values(pictures.byLetter)) {
          if (!engine.hasSource(source.id)) engine.addSource(source.id, raster);
        }
        const render = engine.render.bind(engine);
        const strips = engine.strips.bind(engine);
        const bytes = await projectBytes(
          { log: before, files: pictures.files },
          small ? null : { render, strips, encodePng },
        );
        for (const { source } of Object.values(pictures.byLetter)) engine.dropSource(source.id);
        engine.forgetEverything();

        const project = valueOf(await readProject(bytes));
        await openPictures(project);
        let after = project.log;
        const same = async (): Promise<void> => {
          steps += 1;
          expect(samples(await shown(after))).toBe(samples(plainPicture(current(before), pictures.rasters)));
        };
        await same();
        while (canUndo(after)) {
          [before, after] = [undo(before), undo(after)];
          await same();
        }
        while (canRedo(after)) {
          [before, after] = [redo(before), redo(after)];
          await same();
        }
        expect(canUndo(before) === canUndo(after) && !canRedo(before)).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect(steps).toBeGreaterThan(500);
  });
});
