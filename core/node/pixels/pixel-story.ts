/**
 * How one pixel of a document came about: every step of every visible layer, the layers over one another, and the steps on the canvas;
 * each at the pixel from which what follows it started.
 */

import { composePixels, type LayerPixel } from '../../derive/explain-composite';
import type { Explanation } from '../../derive/explanation';
import type { LayerStory, Pixel, PixelStory, StepStory } from '../../derive/pixel-story';
import type { Document, Layer, Step } from '../../document/document';
import { compositeShape, layerShape } from '../../document/stack-check';
import { fail, FaultError, unwrap } from '../../raster/fault';
import type { Shape } from '../../raster/raster';
import { canvasScene, layerScene } from './document-scene';
import { explainStack } from './stack-story';
import { renderPart, shapeAfter, type Scene } from './stage';

/** The steps that are carried out, beside what is told of them. */
function stepStories(steps: readonly Step[], explanations: readonly Explanation[]): readonly StepStory[] {
  const done = steps.filter((step) => step.enabled);
  return explanations.map((explanation, at) => ({ step: done[at].id, explanation }));
}

/** A pixel of a picture of one pixel. */
function onePixel({ x, y }: Pixel): Pixel & { readonly width: 1; readonly height: 1 } {
  return { x, y, width: 1, height: 1 };
}

function isAwaited({ awaited, steps = [] }: Explanation): boolean {
  return awaited === true || steps.some(isAwaited);
}

type Lower = Omit<LayerStory, 'over' | 'arithmetic'> & { readonly pixel: LayerPixel | null };

async function lowerStory(
  scene: Scene,
  document: Document,
  layer: Layer,
  canvas: Shape,
  place: Pixel,
): Promise<Lower> {
  const { id, name, mode, opacity, stack } = layer;
  const shape = unwrap(layerShape(document, layer));
  const at = {
    x: place.x - Math.floor((canvas.width - shape.width) / 2),
    y: place.y - Math.floor((canvas.height - shape.height) / 2),
  };
  const told = { layer: id, name, mode, opacity };
  const reaches = at.x >= 0 && at.y >= 0 && at.x < shape.width && at.y < shape.height;
  if (!reaches) return { ...told, at: null, levels: [], steps: [], pixel: null };
  const own = layerScene(scene, document, layer);
  const [{ raster }, explanations] = await Promise.all([
    renderPart(scene, own.after(stack), onePixel(at)),
    explainStack(own, stack, at),
  ]);
  const steps = stepStories(stack, explanations);
  return { ...told, at, levels: Array.from(raster.data), steps, pixel: { raster, mode, opacity } };
}

/** Lays the layers that reach the pixel over one another, as the engine composes them. */
function composed(lower: readonly Lower[], picture: Shape): readonly LayerStory[] {
  const reaching = lower.filter(({ pixel, opacity }) => pixel !== null && opacity > 0);
  const pixels = reaching.flatMap(({ pixel }) => (pixel === null ? [] : [pixel]));
  const over = composePixels(pixels, picture);
  return lower.map(({ pixel: _, ...story }) => {
    const at = reaching.findIndex(({ layer }) => layer === story.layer);
    if (at < 0) return { ...story, over: [], arithmetic: [] };
    return { ...story, over: over[at].unrounded, arithmetic: over[at].arithmetic };
  });
}

interface CanvasStory {
  readonly canvas: readonly StepStory[];
  /** The pixel of what the layers make from which the canvas's steps start, its levels, and the shape of that picture. */
  readonly at: Pixel;
  readonly levels: readonly number[];
  readonly shape: Shape;
}

/** The steps on the canvas; where there are none, what the layers make is the finished picture. */
async function canvasStory(
  scene: Scene,
  document: Document,
  pixel: Pixel,
  finished: Shape & { readonly data: ArrayLike<number> },
): Promise<CanvasStory> {
  if (!document.canvas.some(({ enabled }) => enabled)) {
    const shape = { ...unwrap(compositeShape(document)), channels: finished.channels };
    return { canvas: [], at: pixel, levels: Array.from(finished.data), shape };
  }
  const onCanvas = await canvasScene(scene, document);
  const explained = await explainStack(onCanvas, document.canvas, pixel);
  const at = explained.at(0)?.from ?? pixel;
  const { raster } = await renderPart(scene, onCanvas.after([]), onePixel(at));
  const canvas = stepStories(document.canvas, explained);
  return { canvas, at, levels: Array.from(raster.data), shape: onCanvas.input };
}

/**
 * Tells how the pixel (x, y) of a document's finished picture came about. Throws a `FaultError` where there is no such pixel, or a
 * step cannot stand; rejects with `Cancelled` where the scene's signal is aborted.
 */
export async function explainPixel(scene: Scene, document: Document, pixel: Pixel): Promise<PixelStory> {
  const below = unwrap(compositeShape(document));
  const whole = shapeAfter(below, document.canvas);
  if (pixel.x < 0 || pixel.y < 0 || pixel.x >= whole.width || pixel.y >= whole.height) {
    const size = `${whole.width} × ${whole.height}`;
    const message = `(${pixel.x}, ${pixel.y}) lies outside the result, which is ${size}`;
    throw new FaultError(fail('usage', message, 'choose a pixel inside').fault);
  }
  const finished = (await renderPart(scene, document, onePixel(pixel))).raster;
  const { canvas, ...composite } = await canvasStory(scene, document, pixel, finished);
  const { at } = composite;
  const visible = document.layers.filter((layer) => layer.visible);
  const lower = await Promise.all(visible.map((layer) => lowerStory(scene, document, layer, below, at)));
  return {
    ...pixel,
    awaited: [...canvas, ...lower.flatMap(({ steps }) => steps)].some(({ explanation }) =>
      isAwaited(explanation),
    ),
    channels: finished.channels,
    depth: finished.depth,
    levels: Array.from(finished.data),
    composite: { at, levels: composite.levels },
    layers: composed(lower, composite.shape),
    canvas,
  };
}
