// The sample pictures: the same wherever they are painted, and with the levels that lessons and people count on.
import { describe, expect, it } from 'vitest';
import { samples } from '../../build/samples/index.mjs';

const paintings = new Map(samples.map((sample) => [sample.id, sample.paint()]));
const dataOf = (id: string): Uint8Array => paintings.get(id)?.data ?? new Uint8Array();
const levelsOf = (data: Uint8Array) => ({
  smallest: data.reduce((least, level) => Math.min(least, level), 255),
  largest: data.reduce((most, level) => Math.max(most, level), 0),
});

describe('the sample pictures', () => {
  it('have ids, names and sentences of their own', () => {
    for (const what of ['id', 'name', 'about'] as const)
      expect(new Set(samples.map((sample) => sample[what])).size).toBe(samples.length);
    for (const { id, about } of samples) {
      expect(id).toMatch(/^[a-z]+$/);
      expect(about).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it.each(samples.map((sample) => [sample.id, sample] as const))(
    '%s is painted the same each time',
    (id, sample) => {
      const again = sample.paint();
      expect(Buffer.compare(again.data, dataOf(id))).toBe(0);
      expect(again.data).toHaveLength(again.width * again.height * again.channels);
    },
  );

  it('keep to the levels that they are made for', () => {
    expect(levelsOf(dataOf('fog'))).toEqual({ smallest: 104, largest: 168 });
    expect(levelsOf(dataOf('night'))).toEqual({ smallest: 0, largest: 231 });
    expect(levelsOf(dataOf('island'))).toEqual({ smallest: 0, largest: 255 });
    expect(new Set(dataOf('chart')).size).toBe(256);
    expect(new Set(dataOf('tiny'))).toEqual(new Set([40, 120, 200]));
  });

  it('have salt and pepper in one pixel of twelve', () => {
    const data = dataOf('speckle');
    const specks = data.reduce((count, level) => count + Number(level === 0 || level === 255), 0);
    expect(specks / data.length).toBeCloseTo(1 / 12, 2);
  });
});
