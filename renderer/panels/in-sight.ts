/**
 * Keeps the chosen one of a list in sight: when it is chosen, which may happen far from the list (the palette adds an operation), and when
 * the panel around it gets another height.
 */
export function inSight(element: HTMLElement): () => void {
  const show = (): void => element.scrollIntoView({ block: 'nearest' });
  show();
  const panel = element.closest('.body');
  if (panel === null || typeof ResizeObserver === 'undefined') return () => undefined;
  const observer = new ResizeObserver(show);
  observer.observe(panel);
  return () => observer.disconnect();
}
