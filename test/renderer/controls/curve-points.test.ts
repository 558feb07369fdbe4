import { describe, expect, it } from 'vitest';
import {
  addedPoint,
  middleOfWidestGap,
  movedPoint,
  pathThrough,
  pointNear,
} from '../../../renderer/controls/curve-points';
import { curveValues } from '../../../renderer/controls/curve-values';
import { operationById } from '../../../core/operations';

const line = [
  [0, 0],
  [100, 120],
  [255, 255],
] as const;

describe('a point of a curve', () => {
  it('is the nearest one within reach', () => {
    expect(pointNear(line, [104, 116], 14)).toBe(1);
    expect(pointNear(line, [50, 50], 14)).toBeNull();
  });

  it('stays between its neighbours and on the plot', () => {
    expect(movedPoint(line, 1, [300, 300])[1]).toEqual([254, 255]);
    expect(movedPoint(line, 1, [-5, -5])[1]).toEqual([1, 0]);
    expect(movedPoint(line, 0, [-5, 20.4])[0]).toEqual([0, 20]);
  });

  it('is added in its place, unless there is one already', () => {
    expect(addedPoint(line, [200, 10])).toEqual({ points: [line[0], line[1], [200, 10], line[2]], at: 2 });
    expect(addedPoint(line, [100.3, 10])).toBeNull();
    expect(middleOfWidestGap(line)).toEqual([178, 188]);
  });
});

describe('a curve', () => {
  it('is drawn upwards', () => {
    expect(pathThrough(line)).toBe('M0 255L100 135L255 0');
  });

  it('has a value for every level of a point operation, none of others', () => {
    const values = [...operationById.values()].map(
      (operation) => [operation.kind, curveValues(operation, {})] as const,
    );
    const ofPoints = values.filter(([kind, each]) => kind === 'point' && each !== null);
    expect(ofPoints.length).toBeGreaterThan(0);
    for (const [, each] of ofPoints) expect(each).toHaveLength(256);
    expect(values.filter(([kind, each]) => kind !== 'point' && each !== null)).toEqual([]);
  });
});
