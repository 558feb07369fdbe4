import { definePoint } from '../operation/define';

const point = { kind: 'number', min: 0, max: 255, step: 1, unit: 'level' } as const;

/** OPERATIONS.md 3.7. Piecewise linear through (0, 0), (r1, s1), (r2, s2), (255, 255); r1 = r2 gives a jump. */
export const contrastStretch = definePoint({
  id: 'contrastStretch',
  summary: 'Spreads a range of tones over another one along three straight lines.',
  description:
    'The curve consists of three straight lines through (0, 0), (r1, s1), (r2, s2) and (255, 255). Where the middle one is steeper than 1, the tones between r1 and r2 move apart and those outside are pressed together, yet none are lost, as they would be with clipping. With r1 = r2 the curve jumps; s1 = 0 and s2 = 255 then make a threshold of it. Its corners can show as sudden changes in smooth areas; curves has none.',
  sample: { values: {}, before: [{ id: 'brightnessContrast', params: { contrast: -40 } }] },
  related: ['percentileStretch'],
  category: 'Intensity',
  keywords: ['piecewise linear', 'normalize', 'contrast'],
  parameters: {
    r1: { ...point, axis: 'in', suggested: 70, help: 'The first tone of the range to spread.' },
    s1: { ...point, axis: 'out', suggested: 20, help: 'What the first tone becomes.' },
    r2: { ...point, axis: 'in', suggested: 180, help: 'The last tone of the range; not below the first.' },
    s2: { ...point, axis: 'out', suggested: 230, help: 'What the last tone becomes.' },
  },
  constraint: ({ r1, r2 }) =>
    r1 <= r2 ? null : `expected a number of at most r2 (${r2}) for r1 but received ${r1}`,
  formula: () =>
    's = u < r1 ? s1/r1*u : u < r2 ? s1 + (s2 - s1)*(u - r1)/(r2 - r1) : ' +
    'r2 == 255 ? s2 : s2 + (255 - s2)*(u - r2)/(255 - r2); s*K',
  identity: { r1: 50, s1: 50, r2: 200, s2: 200 },
  examples: [
    {
      values: { r1: 70, s1: 20, r2: 180, s2: 230 },
      input: [0, 1, 2, 10, 16, 50, 64, 100, 127, 128, 180, 200, 250, 254, 255],
      output: [0, 0, 1, 3, 5, 14, 18, 77, 129, 131, 230, 237, 253, 255, 255],
    },
    { values: { r1: 128, s1: 0, r2: 128, s2: 255 }, input: [0, 127, 128, 255], output: [0, 0, 255, 255] },
  ],
  sources: ['Gonzalez, Woods, Digital Image Processing: contrast stretching'],
});
