import { render, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import ReportedValues from '../../../renderer/panels/ReportedValues.svelte';

const textBeside = (name: string): string => screen.getByText(name).nextElementSibling?.textContent ?? '';

describe('what an operation measured', () => {
  it('is a number, or one a channel', () => {
    render(ReportedValues, {
      reported: { threshold: 110.5, gains: [0.864613, 0.946965, 1.26999], c: [2, 2, 2] },
    });
    expect(textBeside('Threshold')).toBe('110.5');
    expect(textBeside('Gains')).toBe('0.8646  0.947  1.27');
    expect(textBeside('C')).toBe('2');
  });

  it('has its colours in columns, and says of how many the rest are', () => {
    const centers = Array.from({ length: 10 }, (_, index) => [100 + index, 2.5, 33.333]);
    render(ReportedValues, { reported: { centers } });
    const lines = textBeside('Centers').split('\n');
    expect(lines[0]).toBe('100.00    2.50   33.33');
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toBe('and 3 more');
  });
});
