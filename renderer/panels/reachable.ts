/**
 * What scrolls must be reached by the keyboard: an element that scrolls, and has nothing in it that can have the focus, can have it itself.
 * Looked at after the frame in which something in it came, went, or changed its size, so that it costs no layout of its own.
 */

const FOCUSABLE = 'a[href], :is(button, input, select, textarea):enabled, [tabindex="0"]';

/** An attachment. */
export function reachable(element: HTMLElement): () => void {
  let request = 0;
  const update = (): void => {
    const scrolls = element.scrollHeight > element.clientHeight;
    if (scrolls && element.querySelector(FOCUSABLE) === null) element.tabIndex = 0;
    // Whoever is there is not thrown out by a line less.
    else if (document.activeElement !== element) element.removeAttribute('tabindex');
  };
  const changed = (): void => {
    cancelAnimationFrame(request);
    request = requestAnimationFrame(update);
  };
  const content = new MutationObserver(changed);
  content.observe(element, { childList: true, subtree: true, attributeFilter: ['tabindex', 'disabled'] });
  const size = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(changed);
  size?.observe(element);
  changed();
  return () => {
    cancelAnimationFrame(request);
    content.disconnect();
    size?.disconnect();
  };
}
