/** How much room an element has, told now and whenever it changes. */

import type { Size } from '../../core/raster/rectangle';

/** An attachment; sizes are in CSS pixels. */
export function roomOf(take: (room: Size) => void): (element: HTMLElement) => () => void {
  return (element) => {
    const tell = (): void => take({ width: element.clientWidth, height: element.clientHeight });
    tell();
    if (typeof ResizeObserver === 'undefined') return () => undefined;
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    return () => observer.disconnect();
  };
}
