/**
 * What other programs see of a project (OpenRaster's baseline): the result of every layer, centred on the frame, with its name,
 * visibility, opacity and blend mode, and the merged picture.
 *
 * Baseline knows no operations above the layers. Where a document has some, the finished picture lies on top as a layer of its own
 * and the others beneath it in a hidden group: so what a program composes is what Burnish shows, and the layers are still there.
 * `svg:exclusion` is not among baseline's modes; a program that does not know it shows that layer as normal.
 */

import type { BlendMode } from '../../colour/blend-mode';
import type { Document, Layer } from '../../document/document';
import type { ArchivePart } from './archive-writing';
import type { Size } from '../../raster/rectangle';

/** As people read it. */
export const FORMAT_NAME = 'OpenRaster';
export const MIMETYPE = 'image/openraster';
/** What such an archive begins with, stored, so that its first bytes tell the format. */
export const typePart: ArchivePart = { name: 'mimetype', content: new TextEncoder().encode(MIMETYPE) };
export const STACK = 'stack.xml';
export const MERGED = 'mergedimage.png';
export const THUMBNAIL = 'Thumbnails/thumbnail.png';
/** Where the finished picture is where operations stand above the layers. */
export const FINISHED = 'data/canvas.png';
/** The longer side of a thumbnail. */
export const THUMBNAIL_SIDE = 256;

/** What OpenRaster calls each blend mode. */
export const OPERATORS: Readonly<Record<BlendMode, string>> = {
  normal: 'svg:src-over',
  multiply: 'svg:multiply',
  screen: 'svg:screen',
  overlay: 'svg:overlay',
  darken: 'svg:darken',
  lighten: 'svg:lighten',
  colorDodge: 'svg:color-dodge',
  colorBurn: 'svg:color-burn',
  hardLight: 'svg:hard-light',
  softLight: 'svg:soft-light',
  difference: 'svg:difference',
  exclusion: 'svg:exclusion',
  hue: 'svg:hue',
  saturation: 'svg:saturation',
  color: 'svg:color',
  luminosity: 'svg:luminosity',
};

/** The file of the layer that is the nth from below. */
export function layerEntry(index: number): string {
  return `data/layer${String(index).padStart(3, '0')}.png`;
}

/** Whether operations change the picture that the layers make. */
export function hasFinish({ canvas }: Document): boolean {
  return canvas.some((step) => step.enabled && step.opacity > 0);
}

/** Text as the value of an attribute; characters that XML cannot hold become the one that stands for such. */
function quoted(text: string): string {
  const allowed = text.replace(/[\p{Cs}\uFFFE\uFFFF]|(?![\t\n\r])[\0-\x1F]/gu, '\uFFFD');
  const escaped = allowed.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `"${escaped}"`;
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}=${quoted(String(value))}`);
  return `${name}${list.join('')}`;
}

function layerElement(layer: Layer, index: number, { width, height }: Size, frame: Size): string {
  const { name, visible, opacity, mode } = layer;
  return element('layer', {
    name,
    src: layerEntry(index),
    x: Math.floor((frame.width - width) / 2),
    y: Math.floor((frame.height - height) / 2),
    opacity,
    visibility: visible ? 'visible' : 'hidden',
    'composite-op': OPERATORS[mode],
  });
}

/** `stack.xml`, the top layer first. `canvas` is the size of the finished picture, `results` those of the layers, from the bottom up. */
export function stackXml(document: Document, canvas: Size, results: readonly Size[]): string {
  const frame = document.frame ?? results[0];
  const lines = document.layers
    .map((layer, index) => `<${layerElement(layer, index, results[index], frame)}/>`)
    .reverse();
  const finished = element('layer', {
    name: 'Canvas',
    src: FINISHED,
    x: 0,
    y: 0,
    opacity: 1,
    visibility: 'visible',
    'composite-op': OPERATORS.normal,
  });
  const hidden = element('stack', {
    name: 'Layers',
    opacity: 1,
    visibility: 'hidden',
    'composite-op': OPERATORS.normal,
  });
  const content = hasFinish(document)
    ? [`<${finished}/>`, `<${hidden}>`, ...lines.map((line) => `  ${line}`), '</stack>']
    : lines;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${element('image', { version: '0.0.3', w: canvas.width, h: canvas.height })}>`,
    '  <stack>',
    ...content.map((line) => `    ${line}`),
    '  </stack>',
    '</image>',
    '',
  ].join('\n');
}
