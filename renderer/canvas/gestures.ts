/**
 * Pointer and wheel on the canvas, turned into movements of the camera: the wheel scrolls, with Ctrl (or a pinch) it zooms
 * at the pointer; Space, the middle button or the hand tool drag the picture; two fingers do both at once. Other tools draw strokes.
 */

import type { Tool } from '../session/session.svelte';
import type { Camera } from './camera.svelte';
import type { Stroke } from './strokes';
import { pictureAt, type Point } from './viewport';

export interface GestureParts {
  readonly camera: () => Camera | null;
  readonly tool: () => Tool;
  /** Whether the space bar is held. */
  readonly space: () => boolean;
  /** The pointer is over this canvas point (device pixels); null once it has left. */
  readonly hover: (at: Point | null, event: PointerEvent) => void;
  readonly dragging: (dragging: boolean) => void;
  /** Begins what the tool draws from a place in the picture; null where it draws nothing. */
  readonly begin: (at: Point) => Stroke | null;
}

/** A mouse wheel's notch is 100 to 120; a pinch sends small numbers, with Ctrl set by the browser. */
const NOTCH = 50;
const PER_NOTCH_PIXEL = 0.0017;
const PER_PINCH_PIXEL = 0.01;
const LINE = 16;

/** Listens on the canvas element until the returned function is called. */
export function attachGestures(element: HTMLElement, parts: GestureParts): () => void {
  const pressed = new Map<number, Point>();
  const controller = new AbortController();
  const { signal } = controller;
  /** The stroke under way, its pointer, and where that was last. */
  let stroke: { readonly own: Stroke; readonly pointer: number; at: Point } | null = null;

  const endStroke = (how: 'end' | 'cancel'): void => {
    const ended = stroke;
    stroke = null;
    ended?.own[how]();
  };

  const pointOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    const ratio = parts.camera()?.ratio ?? 1;
    return { x: (event.clientX - box.left) * ratio, y: (event.clientY - box.top) * ratio };
  };

  const wheel = (event: WheelEvent): void => {
    const camera = parts.camera();
    if (camera === null) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
    const dx = event.deltaX * unit;
    const dy = event.deltaY * unit;
    if (event.ctrlKey || event.metaKey) {
      const rate = Math.abs(dy) < NOTCH ? PER_PINCH_PIXEL : PER_NOTCH_PIXEL;
      camera.zoomBy(Math.exp(-dy * rate), pointOf(event));
    } else if (event.shiftKey && dx === 0) camera.pan(-dy * camera.ratio, 0);
    else camera.pan(-dx * camera.ratio, -dy * camera.ratio);
  };

  const down = (event: PointerEvent): void => {
    const camera = parts.camera();
    if (camera === null || event.button > 1) return;
    const at = pointOf(event);
    if (event.button === 0 && !parts.space() && parts.tool() === 'zoom') {
      camera.step(event.altKey ? -1 : 1, at);
      return;
    }
    if (event.button === 0 && !parts.space() && stroke === null) {
      const place = pictureAt(camera.viewport, at);
      const own = parts.begin(place);
      if (own !== null) {
        element.setPointerCapture(event.pointerId);
        stroke = { own, pointer: event.pointerId, at: place };
        return;
      }
    }
    // The middle button would scroll by itself.
    if (event.button === 1) event.preventDefault();
    element.setPointerCapture(event.pointerId);
    pressed.set(event.pointerId, at);
    parts.dragging(true);
  };

  /** Told as soon as the browser knows: movements themselves wait for the next screen frame, up to 17 ms, even on a page at rest. */
  const hover = (event: Event): void => {
    // TypeScript's declarations have this event without its type.
    const pointer = event as PointerEvent;
    parts.hover(pointOf(pointer), pointer);
  };

  const move = (event: PointerEvent): void => {
    const at = pointOf(event);
    parts.hover(at, event);
    const before = pressed.get(event.pointerId);
    const camera = parts.camera();
    if (stroke?.pointer === event.pointerId && camera !== null) {
      stroke.at = pictureAt(camera.viewport, at);
      stroke.own.move(stroke.at, event);
    }
    if (before === undefined || camera === null) return;
    pressed.set(event.pointerId, at);
    const other = [...pressed].find(([id]) => id !== event.pointerId)?.[1];
    if (other === undefined) return camera.pan(at.x - before.x, at.y - before.y);
    // Each finger moves the middle between them by half its own way.
    camera.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    camera.zoomBy(distance(at, other) / Math.max(1, distance(before, other)), middle);
  };

  const up = (event: PointerEvent): void => {
    if (stroke?.pointer === event.pointerId) endStroke(event.type === 'pointerup' ? 'end' : 'cancel');
    pressed.delete(event.pointerId);
    parts.dragging(pressed.size > 0);
  };

  /** Keys that are pressed on the way count at once; Escape takes the stroke back. */
  const key = (event: KeyboardEvent): void => {
    if (stroke === null) return;
    if (event.key === 'Escape') endStroke('cancel');
    else if (event.key === 'Shift' || event.key === 'Alt') stroke.own.move(stroke.at, event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  window.addEventListener('keydown', key, { signal, capture: true });
  window.addEventListener('keyup', key, { signal, capture: true });
  element.addEventListener('wheel', wheel, { signal, passive: false });
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointerrawupdate', hover, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', up, { signal });
  element.addEventListener('lostpointercapture', up, { signal });
  element.addEventListener('pointerleave', (event) => parts.hover(null, event), { signal });
  return () => controller.abort();
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
