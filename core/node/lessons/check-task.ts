/**
 * Whether a task is done, by the pixels: the picture is rendered exactly, as it would be exported, and so is what the lesson wants of the
 * sample. Samples are small, so both are compared as a whole.
 */

import { levelStatistics, shareBetween, type PictureHistogram } from '../../derive/histogram-statistics';
import type { Check, ReadChannel, Reading } from '../../derive/lesson/lesson';
import { judgeDifference, judgeRange, type Outcome } from '../../derive/lesson/verdict';
import type { Document } from '../../document/document';
import { canvasShape } from '../../document/stack-check';
import { stepsFromRecipe } from '../../document/recipe';
import type { Application } from '../../document/step-check';
import { luma } from '../../raster/luma';
import { colourChannelsOf, topOf, type Raster } from '../../raster/raster';
import type { Rectangle } from '../../raster/rectangle';
import { store } from '../../raster/rounding';
import { readHistogram } from '../pixels/read-histogram';
import { type Scene } from '../pixels/stage';
import { unwrap } from '../../raster/fault';

/** The order of samples in a pixel. */
const COLOURS: readonly ReadChannel[] = ['red', 'green', 'blue'];

/** The document with these steps on its lowest layer, and nothing else done. */
export function withStack(opened: Document, stack: readonly Application[]): Document {
  const ids = stack.map((_, at) => `wanted-${at}`);
  const steps = stepsFromRecipe({ operations: stack }, ids, (source) => source);
  const [lowest, ...others] = opened.layers;
  return { ...opened, layers: [{ ...lowest, stack: steps }, ...others] };
}

/**
 * What each check finds. `opened` is the document as the sample was opened, `shown` as it is now. Throws a `FaultError` where a picture
 * cannot be computed.
 */
export async function checkTask(
  scene: Scene,
  opened: Document,
  shown: Document,
  checks: readonly Check[],
): Promise<readonly Outcome[]> {
  const isGrey = colourChannelsOf(opened) === 1;
  const outcomes: Outcome[] = [];
  for (const check of checks) {
    outcomes.push(
      check.kind === 'same'
        ? judgeDifference(await picture(scene, shown), await picture(scene, withStack(opened, check.as)))
        : judgeRange(check.reading, await readNumber(scene, shown, check.reading), check, isGrey),
    );
  }
  return outcomes;
}

/** A number of a document's picture; null where there is none: outside the picture, or of a step that reports none. */
export async function readNumber(scene: Scene, document: Document, reading: Reading): Promise<number | null> {
  switch (reading.kind) {
    case 'level':
      return readLevel(scene, document, reading.at, reading.of);
    case 'size':
      return unwrap(canvasShape(document))[reading.side];
    case 'reported':
      return readReported(scene, document, reading.step, reading.name);
    default: {
      const counts = countsOf(await readHistogram(scene, document), reading.of);
      if (reading.kind === 'levels') return counts.reduce((sum, count) => sum + Number(count > 0), 0);
      if (reading.kind === 'share') return shareBetween(counts, reading.from, reading.to);
      return levelStatistics(counts)[reading.statistic];
    }
  }
}

async function readLevel(
  scene: Scene,
  document: Document,
  { x, y }: { readonly x: number; readonly y: number },
  of: ReadChannel,
): Promise<number | null> {
  const { width, height } = unwrap(canvasShape(document));
  if (x >= width || y >= height) return null;
  const { data, channels, depth } = await picture(scene, document, { x, y, width: 1, height: 1 });
  if (colourChannelsOf({ channels }) === 1) return data[0];
  const [red, green, blue] = data;
  return of === 'luma' ? store(luma(red, green, blue), topOf(depth)) : data[COLOURS.indexOf(of)];
}

async function readReported(
  { engine, signal }: Scene,
  document: Document,
  step: number,
  name: string,
): Promise<number | null> {
  const rendered = unwrap(
    await engine.render({ document, level: 0, exact: true, region: null, format: 'export' }, signal),
  );
  const id = document.layers[0].stack[step - 1]?.id;
  const value = id === undefined ? undefined : rendered.reported[id]?.[name];
  const first = Array.isArray(value) ? (value as readonly unknown[])[0] : value;
  return typeof first === 'number' ? first : null;
}

function countsOf({ bins, luma: grey }: PictureHistogram, of: ReadChannel): Float64Array {
  const counts = grey === null ? bins[0] : of === 'luma' ? grey : bins[COLOURS.indexOf(of)];
  return Float64Array.from(counts);
}

async function picture(
  { engine, signal }: Scene,
  document: Document,
  region: Rectangle | null = null,
): Promise<Raster> {
  const rendered = await engine.render({ document, level: 0, exact: true, region, format: 'export' }, signal);
  return unwrap(rendered).raster;
}
