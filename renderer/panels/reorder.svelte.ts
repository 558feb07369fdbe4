/**
 * Moving an item of a list by dragging it: a line shows the gap it would go to, letting go moves it there, Escape leaves it.
 * Works on any element whose items carry `data-item`, in the order in which they are shown.
 */

/** Pixels before a press becomes a drag. */
const THRESHOLD = 4;

export class Reorder {
  /** The place of the item that is being dragged, null while none is. */
  from = $state<number | null>(null);
  /** The gap it would go to: 0 above the first item. */
  gap = $state<number | null>(null);
  readonly #move: (from: number, to: number, event: Event) => void;
  readonly #allowed: () => boolean;

  /** `move` is told the places before and after, both counted in the list as it is shown. */
  constructor(move: (from: number, to: number, event: Event) => void, allowed: () => boolean) {
    this.#move = move;
    this.#allowed = allowed;
  }

  /** For `{@attach reorder.attach}`. */
  readonly attach = (list: HTMLElement): (() => void) => {
    const controller = new AbortController();
    list.addEventListener('pointerdown', (event) => this.#press(list, event), { signal: controller.signal });
    return () => controller.abort();
  };

  #press(list: HTMLElement, start: PointerEvent): void {
    const target = start.target instanceof Element ? start.target : null;
    const items = itemsOf(list);
    const from = items.findIndex((item) => item.contains(target));
    if (start.button !== 0 || from < 0 || target?.closest('input, select') || !this.#allowed()) return;
    const controller = new AbortController();
    const { signal } = controller;
    const stop = (): void => {
      controller.abort();
      this.from = null;
      this.gap = null;
    };
    const move = (event: PointerEvent): void => {
      if (this.from === null) {
        if (Math.abs(event.clientY - start.clientY) < THRESHOLD) return;
        this.from = from;
        list.setPointerCapture(event.pointerId);
      }
      this.gap = gapAt(itemsOf(list), event.clientY);
    };
    const up = (event: PointerEvent): void => {
      const { gap } = this;
      stop();
      if (gap === null) return;
      const to = gap > from ? gap - 1 : gap;
      if (to !== from) this.#move(from, to, event);
    };
    window.addEventListener('pointermove', move, { signal });
    window.addEventListener('pointerup', up, { signal });
    window.addEventListener('pointercancel', stop, { signal });
    window.addEventListener('keydown', (event) => event.key === 'Escape' && stop(), { signal });
  }
}

function itemsOf(list: HTMLElement): readonly HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[data-item]')];
}

/** The gap nearest to this height. */
export function gapAt(items: readonly Pick<HTMLElement, 'getBoundingClientRect'>[], y: number): number {
  const below = items.findIndex((item) => {
    const { top, height } = item.getBoundingClientRect();
    return y < top + height / 2;
  });
  return below < 0 ? items.length : below;
}
