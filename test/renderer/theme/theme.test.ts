import { afterEach, expect, it, vi } from 'vitest';
import { wearTheme } from '../../../renderer/theme/theme';

afterEach(() => vi.unstubAllGlobals());

/** A system that can be asked for its theme, and that changes it. */
function systemWith(light: boolean) {
  const followers = new Set<() => void>();
  const query = {
    matches: light,
    addEventListener: (_: string, follow: () => void) => followers.add(follow),
    removeEventListener: (_: string, follow: () => void) => followers.delete(follow),
  };
  vi.stubGlobal('matchMedia', () => query);
  return {
    change(to: boolean) {
      query.matches = to;
      for (const follow of followers) follow();
    },
  };
}

it('is what was chosen, whatever the system says', () => {
  const system = systemWith(true);
  const page = document.createElement('html');
  wearTheme('dark', page);
  system.change(false);
  system.change(true);
  expect(page.dataset.theme).toBe('dark');
  wearTheme('light', page);
  expect(page.dataset.theme).toBe('light');
});

it('follows the system where that was chosen, until another is', () => {
  const system = systemWith(false);
  const page = document.createElement('html');
  const stop = wearTheme('system', page);
  expect(page.dataset.theme).toBe('dark');
  system.change(true);
  expect(page.dataset.theme).toBe('light');
  stop();
  system.change(false);
  expect(page.dataset.theme).toBe('light');
});
