import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frequencies, frequencyResponse, gainAt, responseAt } from '../../../core/derive/frequency-response';
import { namedKernels } from '../../../core/operation/named-kernels';
import type { Matrix } from '../../../core/operation/parameter';
import { findPython } from '../../support/python';
import { matrices } from '../../support/kernels';

const turned = (matrix: Matrix): Matrix => matrix.map((row) => row.toReversed()).toReversed();
const divisors = fc.constantFrom(1, 9, -2.5, 256);

describe('the frequency response', () => {
  it('is what a wave is multiplied by', () => {
    const random = fc.record({
      matrix: matrices(7),
      divisor: divisors,
      u: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      v: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      x: fc.integer({ min: -20, max: 20 }),
      y: fc.integer({ min: -20, max: 20 }),
      phase: fc.double({ min: 0, max: 6, noNaN: true }),
    });
    fc.assert(
      fc.property(random, ({ matrix, divisor, u, v, x, y, phase }) => {
        const wave = (column: number, row: number): number =>
          Math.cos(2 * Math.PI * (u * column + v * row) + phase);
        const left = Math.floor(matrix[0].length / 2);
        const top = Math.floor(matrix.length / 2);
        let sum = 0;
        matrix.forEach((line, j) =>
          line.forEach((weight, i) => (sum += weight * wave(x + i - left, y + j - top))),
        );
        const { re, im } = responseAt({ matrix, divisor }, u, v);
        const angle = 2 * Math.PI * (u * x + v * y) + phase;
        // The wave comes out as high as |H|, shifted by H's angle. Sums of 49 terms below 10.
        expect(sum / divisor).toBeCloseTo(re * Math.cos(angle) - im * Math.sin(angle), 9);
        expect(gainAt({ matrix, divisor }, u, v)).toBeCloseTo(Math.hypot(re, im), 12);
      }),
    );
  });

  it('of all frequencies at once is that of each', () => {
    fc.assert(
      fc.property(matrices(7), divisors, (matrix, divisor) => {
        const count = 9;
        const all = frequencyResponse({ matrix, divisor }, count);
        const each = [...frequencies(count)].flatMap((v) =>
          [...frequencies(count)].map((u) => gainAt({ matrix, divisor }, u, v)),
        );
        expect(all).toHaveLength(count * count);
        all.forEach((gain, at) => expect(gain).toBeCloseTo(each[at], 9));
      }),
    );
  });

  it('is the same turned by 180°, and at 0 the sum of the weights over the divisor', () => {
    fc.assert(
      fc.property(matrices(6), divisors, (matrix, divisor) => {
        const here = frequencyResponse({ matrix, divisor }, 7);
        const there = frequencyResponse({ matrix: turned(matrix), divisor }, 7);
        here.forEach((gain, at) => expect(gain).toBeCloseTo(there[at], 9));
        const sum = matrix.flat().reduce((total, weight) => total + weight, 0);
        expect(here[24]).toBeCloseTo(Math.abs(sum / divisor), 9);
      }),
    );
  });

  it('of known kernels is what the books say', () => {
    for (const f of [0, 0.1, 0.25, 1 / 3, 0.5]) {
      const box = Math.abs(1 + 2 * Math.cos(2 * Math.PI * f)) / 3;
      expect(gainAt(namedKernels.box3, f, 0)).toBeCloseTo(box, 12);
      // [1 2 1]/4 across: cos²(πf).
      expect(gainAt(namedKernels.gaussian3, f, 0)).toBeCloseTo(Math.cos(Math.PI * f) ** 2, 12);
      expect(gainAt(namedKernels.gaussian5, 0, f)).toBeCloseTo(Math.cos(Math.PI * f) ** 4, 12);
      expect(gainAt(namedKernels.identity, f, -f)).toBeCloseTo(1, 12);
      // [−1 0 1] across, [1 2 1] down.
      expect(gainAt(namedKernels.sobelRight, f, 0)).toBeCloseTo(8 * Math.abs(Math.sin(2 * Math.PI * f)), 12);
      expect(gainAt(namedKernels.outline, 0, 0)).toBeCloseTo(0, 12);
    }
  });

  it('is numpy’s fft2 of the kernel', ({ skip }) => {
    const python = findPython('numpy');
    if (python === null) skip('no numpy');
    const count = 17;
    const kernels = Object.values(namedKernels).map(({ matrix, divisor }) => ({ matrix, divisor }));
    const script = [
      'import json, sys, numpy as np',
      'n = 16',
      'out = []',
      'for k in json.load(sys.stdin):',
      '    m = np.array(k["matrix"], float) / k["divisor"]',
      '    h = np.fft.fftshift(np.abs(np.fft.fft2(m, (n, n))))',
      '    out.append(h.ravel().tolist())',
      'print(json.dumps(out))',
    ].join('\n');
    const answer = execFileSync(python ?? '', ['-c', script], { input: JSON.stringify(kernels) });
    const theirs = JSON.parse(answer.toString()) as number[][];
    kernels.forEach((kernel, which) => {
      const ours = frequencyResponse(kernel, count);
      // fftshift gives −½ … ½ − 1/16; our last row and column are the first ones again.
      for (let j = 0; j < 16; j++)
        for (let i = 0; i < 16; i++) expect(ours[j * count + i]).toBeCloseTo(theirs[which][j * 16 + i], 9);
    });
  });
});
