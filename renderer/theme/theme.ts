/** Which of the themes in tokens.css the window has. */

export const THEMES = ['dark', 'light', 'system'] as const;
/** `system` follows what the operating system or the browser asks for, also when that changes. */
export type Theme = (typeof THEMES)[number];

/** Dresses the page; answers a function that stops following the system. */
export function wearTheme(theme: Theme, page: HTMLElement): () => void {
  const asked = window.matchMedia('(prefers-color-scheme: light)');
  const wear = (): void => {
    page.dataset.theme = theme === 'system' ? (asked.matches ? 'light' : 'dark') : theme;
  };
  wear();
  if (theme !== 'system') return () => undefined;
  asked.addEventListener('change', wear);
  return () => asked.removeEventListener('change', wear);
}
