import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  flippedAcross,
  flippedDown,
  matrixText,
  parseMatrix,
  resizedMatrix,
  turnedClockwise,
  withCells,
} from '../../../renderer/controls/kernel-matrix';
import { matrices } from '../../support/kernels';

const three = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];

describe('a matrix', () => {
  it('takes a number into some of its cells', () => {
    const cells = [
      [1, 2],
      [0, 0],
    ] as const;
    expect(withCells(three, cells, 0)).toEqual([[0, 2, 3], [4, 5, 0], three[2]]);
  });

  it('is itself again after two flips and after four turns, and two turns are both flips', () => {
    fc.assert(
      fc.property(matrices(9), (matrix) => {
        expect(flippedAcross(flippedAcross(matrix))).toEqual(matrix);
        expect(flippedDown(flippedDown(matrix))).toEqual(matrix);
        const twice = turnedClockwise(turnedClockwise(matrix));
        expect(twice).toEqual(flippedAcross(flippedDown(matrix)));
        expect(turnedClockwise(turnedClockwise(twice))).toEqual(matrix);
      }),
    );
  });

  it('is turned clockwise', () => {
    expect(turnedClockwise([[1, 2, 3]])).toEqual([[1], [2], [3]]);
    expect(turnedClockwise(three)[0]).toEqual([7, 4, 1]);
  });

  it('keeps its middle when it grows and shrinks', () => {
    const five = resizedMatrix(three, 5, 5);
    expect(five.map((row) => row.join(' '))).toEqual([
      '0 0 0 0 0',
      '0 1 2 3 0',
      '0 4 5 6 0',
      '0 7 8 9 0',
      '0 0 0 0 0',
    ]);
    expect(resizedMatrix(five, 3, 3)).toEqual(three);
    expect(resizedMatrix(three, 1, 1)).toEqual([[5]]);
  });

  it.each([
    [
      '0 -1 0\n-1 5 -1\n0 -1 0',
      [
        [0, -1, 0],
        [-1, 5, -1],
        [0, -1, 0],
      ],
    ],
    [
      '1, 2; 3, 4',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '[[1, 2], [3, 4]]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '1\t2\n3\t4\n',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['7', [[7]]],
  ])('is read from %j', (text, matrix) => {
    expect(parseMatrix(text, 101)).toEqual(matrix);
  });

  it.each(['', '1 2\n3', '1 two', '1 2 3 4'])('is not read from %j where 3 is the most', (text) => {
    expect(parseMatrix(text, 3)).toBeNull();
  });

  it('is read again as it is written', () => {
    expect(parseMatrix(matrixText(three), 101)).toEqual(three);
  });
});
