/** What of the mathematics stays as it is while values change, which is what most of the page's work would be for. */
import { render } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import Letters from '../../../renderer/panels/formula/Letters.svelte';
import Typeset from '../../../renderer/panels/formula/Typeset.svelte';

// jsdom has no MathML, into which formulas are set.
vi.mock('temml', () => ({
  default: {
    render: (latex: string, element: HTMLElement) => {
      const math = element.ownerDocument.createElement('math');
      math.textContent = latex;
      element.replaceChildren(math);
    },
  },
}));

it('typesets a formula again only where it is another one', async () => {
  const { container, rerender } = render(Typeset, { latex: 's = \\sigma' });
  const math = container.querySelector('math');
  expect(math?.textContent).toBe('s = \\sigma');
  await rerender({ latex: ['s', '=', '\\sigma'].join(' ') });
  expect(container.querySelector('math')).toBe(math);
  await rerender({ latex: 's = \\gamma' });
  expect(container.querySelectorAll('math').length).toBe(1);
  expect(container.querySelector('math')?.textContent).toBe('s = \\gamma');
});

it('typesets letters again only where they are others; what they mean may change', async () => {
  const legend = (meaning: string, second = 'r') => [
    { symbol: '\\sigma', meaning },
    { symbol: second, meaning: 'the level' },
  ];
  const { container, rerender } = render(Letters, { legend: legend('7 pixels') });
  const symbols = (): (Element | null)[] => [...container.querySelectorAll('dt math')];
  const before = symbols();
  expect(before.map((math) => math?.textContent)).toEqual(['\\sigma', 'r']);
  await rerender({ legend: legend('8 pixels') });
  expect(symbols()).toEqual(before);
  expect(symbols().every((math, at) => math === before[at])).toBe(true);
  expect(container.querySelector('dd')?.textContent).toBe('8 pixels');
  await rerender({ legend: legend('8 pixels', 's') });
  expect(symbols().map((math) => math?.textContent)).toEqual(['\\sigma', 's']);
});
