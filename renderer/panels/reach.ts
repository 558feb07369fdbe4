/**
 * What has to be scrolled can be scrolled without a pointer: a place whose content is higher than it is, and that holds nothing that takes the
 * focus, takes the focus itself. Not every browser does that of its own accord.
 */

const TAKES_FOCUS = ':is(button, input, select, textarea):enabled, a[href], [tabindex="0"]';

/** Follows the size of the place and of what it holds; answers a function that ends it. */
export function reachable(place: HTMLElement): (() => void) | undefined {
  if (typeof ResizeObserver === 'undefined') return undefined;
  const measure = (): void => {
    const scrolls = place.scrollHeight > place.clientHeight;
    const wanted = scrolls && place.querySelector(TAKES_FOCUS) === null;
    if (wanted === place.hasAttribute('tabindex')) return;
    if (wanted) place.tabIndex = 0;
    // Whoever is there is not thrown out by a line less.
    else if (document.activeElement !== place) place.removeAttribute('tabindex');
  };
  const sizes = new ResizeObserver(measure);
  const observe = (): void => {
    sizes.disconnect();
    for (const each of [place, ...place.children]) sizes.observe(each);
  };
  // Observing tells at once, so that this also measures.
  const content = new MutationObserver(observe);
  content.observe(place, { childList: true, subtree: true, attributeFilter: ['tabindex', 'disabled'] });
  observe();
  return () => {
    content.disconnect();
    sizes.disconnect();
  };
}
