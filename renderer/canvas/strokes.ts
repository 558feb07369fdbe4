/**
 * A drag on the canvas with a tool that marks something: from the press to the release. What it comes to is seen all the while; Escape
 * takes it back. Places are in picture pixels.
 */

import { pixelCount, pixelOn, type Line } from '../../core/derive/line-profile';
import type { SelectedArea, SelectionShape } from '../../core/raster/selection';
import { within, type LineEnd } from '../session/measured-line.svelte';
import type { OpenDocument } from '../session/open-document.svelte';
import { movedWithin } from '../session/selection.svelte';
import type { Tool } from '../session/session.svelte';
import { boxBetween, boxPulled, grabbed, type Handle } from './boxes';
import type { Point } from './viewport';

export type Keys = Pick<PointerEvent, 'shiftKey' | 'altKey'>;

export interface Stroke {
  move(at: Point, keys: Keys): void;
  /** The button is let go. */
  end(): void;
  cancel(): void;
}

/** Device pixels from a handle within which a press takes hold of it, for every CSS pixel. */
const REACH = 7;

/** How far that is on the picture. */
export function reachOf({ camera }: OpenDocument): number {
  return (REACH * camera.ratio) / camera.viewport.zoom;
}

/** Null where the tool draws nothing. */
export function beginStroke(tool: Tool, document: OpenDocument, at: Point): Stroke | null {
  if (tool === 'rectangle' || tool === 'ellipse') return selecting(tool, document, at);
  return tool === 'line' ? measuring(document, at) : null;
}

/** What a press would do there, as the pointer shows it. */
export function cursorOf(tool: Tool, document: OpenDocument, at: Point | null): string {
  if (at === null) return 'crosshair';
  if (tool === 'line') {
    const { line } = document.line;
    return line !== null && lineGrab(line, at, reachOf(document)) !== null ? 'move' : 'crosshair';
  }
  const { area } = document.selection;
  const grab = area === null ? null : grabbed(area, at, reachOf(document));
  if (grab === null) return 'crosshair';
  return grab === 'inside' ? 'move' : resizing(grab);
}

function resizing({ across, down }: Handle): string {
  if (across === 0) return 'ns-resize';
  if (down === 0) return 'ew-resize';
  return across === down ? 'nwse-resize' : 'nesw-resize';
}

function selecting(shape: SelectionShape, document: OpenDocument, start: Point): Stroke {
  const { selection, state } = document;
  const { area } = selection;
  const { size } = state;
  const grab = area === null ? null : grabbed(area, start, reachOf(document));
  const drawn = (at: Point, keys: Keys): SelectedArea | null => {
    if (area === null || grab === null) {
      const box = boxBetween(start, at, size, { square: keys.shiftKey, centred: keys.altKey });
      return box && { shape, ...box, inverted: false };
    }
    if (grab !== 'inside') return { ...area, ...boxPulled(area, grab, at, size) };
    const [dx, dy] = [Math.round(at.x - start.x), Math.round(at.y - start.y)];
    return { ...area, ...movedWithin(area, dx, dy, size) };
  };
  return {
    move(at, keys) {
      selection.draft = drawn(at, keys);
    },
    end() {
      const { draft } = selection;
      // A press beside the selection, without a drag, takes it away.
      if (draft !== null) selection.set(draft);
      else if (grab === null) selection.none();
    },
    cancel() {
      selection.draft = null;
    },
  };
}

function measuring(document: OpenDocument, start: Point): Stroke {
  const marks = document.line;
  const before = marks.line;
  const { size } = document.state;
  const grab = before === null ? null : lineGrab(before, start, reachOf(document));
  const first = within({ x: Math.floor(start.x), y: Math.floor(start.y) }, size);
  let moved = false;
  return {
    move(at, keys) {
      moved ||= at.x !== start.x || at.y !== start.y;
      if (!moved) return;
      const pointed = { x: Math.floor(at.x), y: Math.floor(at.y) };
      const pixel = within(pointed, size);
      if (before === null || grab === null)
        marks.set({ from: first, to: keys.shiftKey ? straight(first, pointed, size) : pixel });
      else if (grab === 'both') {
        marks.set(before);
        marks.move('both', pixel.x - first.x, pixel.y - first.y);
      } else {
        const still = before[grab === 'from' ? 'to' : 'from'];
        marks.set({ ...before, [grab]: keys.shiftKey ? straight(still, pointed, size) : pixel });
      }
    },
    end() {
      if (!moved && grab === null) marks.set(null);
    },
    cancel() {
      marks.set(before);
    },
  };
}

/** What of a line is at a place: an end, any other of its pixels, or nothing. */
export function lineGrab(line: Line, at: Point, reach: number): LineEnd | 'both' | null {
  const far = (pixel: Point): number =>
    Math.max(Math.abs(pixel.x + 0.5 - at.x), Math.abs(pixel.y + 0.5 - at.y));
  const near = Math.max(reach, 0.5);
  if (far(line.to) <= near) return 'to';
  if (far(line.from) <= near) return 'from';
  const n = pixelCount(line) - 1;
  if (n === 0) return null;
  const [dx, dy] = [line.to.x - line.from.x, line.to.y - line.from.y];
  const along = ((at.x - 0.5 - line.from.x) * dx + (at.y - 0.5 - line.from.y) * dy) / (dx * dx + dy * dy);
  if (along < 0 || along > 1) return null;
  const [x, y] = [line.from.x + 0.5 + along * dx, line.from.y + 0.5 + along * dy];
  return Math.hypot(at.x - x, at.y - y) <= near ? 'both' : null;
}

/** The tangent of three sixteenths of a turn: beyond it a direction is nearer to upright than to slanting. */
const EIGHTH = 1 + Math.SQRT2;

/** The pixel nearest to one in a direction of whole eighths of a turn, inside the picture. */
function straight(from: Point, to: Point, size: { readonly width: number; readonly height: number }): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const across = Math.abs(dx) * EIGHTH < Math.abs(dy) ? 0 : Math.sign(dx);
  const down = Math.abs(dy) * EIGHTH < Math.abs(dx) ? 0 : Math.sign(dy);
  const wanted = Math.max(Math.abs(dx), Math.abs(dy));
  const roomX = across === 0 ? wanted : across < 0 ? from.x : size.width - 1 - from.x;
  const roomY = down === 0 ? wanted : down < 0 ? from.y : size.height - 1 - from.y;
  const length = Math.min(wanted, roomX, roomY);
  return { x: from.x + across * length, y: from.y + down * length };
}

/** The pixel of a line that is marked, if there is one. */
export function markedPixel({ line, marked }: OpenDocument['line']): Point | null {
  return line === null || marked === null ? null : pixelOn(line, marked);
}
