import { describe, expect, it, vi } from 'vitest';
import { reachable } from '../../../renderer/panels/reachable';

function scroller(
  content: string,
  heights: { readonly scrolled: number; readonly seen: number },
): HTMLElement {
  const element = document.createElement('div');
  element.innerHTML = content;
  // jsdom lays nothing out.
  Object.defineProperty(element, 'scrollHeight', { get: () => heights.scrolled });
  Object.defineProperty(element, 'clientHeight', { get: () => heights.seen });
  return element;
}

describe('what scrolls', () => {
  it('can have the focus while nothing in it can', async () => {
    const element = scroller('<p>long</p>', { scrolled: 300, seen: 100 });
    const end = reachable(element);
    await vi.waitFor(() => expect(element.getAttribute('tabindex')).toBe('0'));
    element.append(document.createElement('button'));
    await vi.waitFor(() => expect(element.hasAttribute('tabindex')).toBe(false));
    element.querySelector('button')?.remove();
    await vi.waitFor(() => expect(element.getAttribute('tabindex')).toBe('0'));
    end();
  });

  it('needs no focus where all of it is seen', async () => {
    const element = scroller('<p>short</p>', { scrolled: 100, seen: 100 });
    element.tabIndex = 0;
    const end = reachable(element);
    await vi.waitFor(() => expect(element.hasAttribute('tabindex')).toBe(false));
    end();
  });
});
