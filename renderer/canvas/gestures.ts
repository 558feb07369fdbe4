/**
 * Pointer and wheel on the canvas, turned into movements of the camera: the wheel scrolls, with Ctrl (or a pinch) it zooms
 * at the pointer; Space, the middle button or the hand tool drag the picture; two fingers do both at once.
 */

import type { Camera } from './camera.svelte';
import type { Point } from './viewport';

export interface GestureParts {
  readonly camera: () => Camera | null;
  readonly tool: () => 'hand' | 'zoom';
  /** Whether the space bar is held. */
  readonly space: () => boolean;
  /** The pointer is over this canvas point (device pixels); null once it has left. */
  readonly hover: (at: Point | null, event: PointerEvent) => void;
  readonly dragging: (dragging: boolean) => void;
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
    // The middle button would scroll by itself.
    if (event.button === 1) event.preventDefault();
    element.setPointerCapture(event.pointerId);
    pressed.set(event.pointerId, at);
    parts.dragging(true);
  };

  const move = (event: PointerEvent): void => {
    const at = pointOf(event);
    parts.hover(at, event);
    const before = pressed.get(event.pointerId);
    const camera = parts.camera();
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
    pressed.delete(event.pointerId);
    parts.dragging(pressed.size > 0);
  };

  element.addEventListener('wheel', wheel, { signal, passive: false });
  element.addEventListener('pointerdown', down, { signal });
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
