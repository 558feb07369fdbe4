/** Mirrors, quarter turns and cuts: as laws between them, and as numbers. */

import { describe, expect, it } from 'vitest';
import { checkValues } from '../../../core/operation/check';
import type { GeometryOperation, Operation } from '../../../core/operation/operation';
import type { GivenValues } from '../../../core/operation/parameter';
import { runOperation } from '../../../core/operation/run';
import { crop } from '../../../core/operations/crop';
import { flip } from '../../../core/operations/flip';
import { rotate90 } from '../../../core/operations/rotate90';
import { sentence } from '../../../core/raster/fault';
import type { Raster } from '../../../core/raster/raster';
import { noise, shapes, shapeText } from '../../support/rasters';

function run(operation: Operation, given: GivenValues, input: Raster): Raster {
  const checked = checkValues(operation, given, input);
  if (!checked.ok) throw new Error(checked.fault.message);
  return runOperation(operation, checked.value, input).raster;
}

const turn = (turns: number, input: Raster): Raster => run(rotate90, { turns }, input);
const mirror = (axis: string, input: Raster): Raster => run(flip, { axis }, input);

describe.each(shapes([1, 1], [1, 5], [4, 1], [37, 70]).map((shape) => [shapeText(shape), shape] as const))(
  '%s',
  (_, shape) => {
    const picture = noise(shape);

    it('comes back after two mirrors, four quarter turns, or a turn and its opposite', () => {
      expect(mirror('horizontal', mirror('horizontal', picture))).toEqual(picture);
      expect(mirror('vertical', mirror('vertical', picture))).toEqual(picture);
      expect(turn(1, turn(1, turn(1, turn(1, picture))))).toEqual(picture);
      expect(turn(3, turn(1, picture))).toEqual(picture);
    });

    it('is turned by half by both mirrors, and by two quarters', () => {
      expect(turn(2, picture)).toEqual(mirror('vertical', mirror('horizontal', picture)));
      expect(turn(1, turn(1, picture))).toEqual(turn(2, picture));
    });

    it('turns clockwise: the left column becomes the top row, from the bottom up', () => {
      const { width, height, channels } = picture;
      const turned = turn(1, picture);
      expect([turned.width, turned.height]).toEqual([height, width]);
      const column = Array.from({ length: height }, (_, y) => {
        const at = (height - 1 - y) * width * channels;
        return [...picture.data.subarray(at, at + channels)];
      });
      expect([...turned.data.subarray(0, height * channels)]).toEqual(column.flat());
    });
  },
);

describe('crop', () => {
  const picture: Raster = {
    width: 3,
    height: 2,
    channels: 2,
    depth: 8,
    data: Uint8Array.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60),
  };

  it('keeps the rectangle, alpha included', () => {
    expect(run(crop, { x: 1, y: 0, width: 1, height: 2 }, picture)).toEqual({
      width: 1,
      height: 2,
      channels: 2,
      depth: 8,
      data: Uint8Array.of(2, 20, 5, 50),
    });
  });

  it('is cut to the picture', () => {
    const { width, height, data } = run(crop, { x: 1, y: 1, width: 1000, height: 1000 }, picture);
    expect([width, height, ...data]).toEqual([2, 1, 5, 50, 6, 60]);
  });

  it('has no result outside the picture', () => {
    const operation: GeometryOperation = crop;
    const checked = checkValues(operation, { x: 3, y: 0, width: 5, height: 5 }, picture);
    if (!checked.ok) throw new Error(checked.fault.message);
    const shape = operation.shape(checked.value, picture);
    expect(shape.ok ? 'a result' : `${shape.fault.code}: ${sentence(shape.fault)}`).toBe(
      'empty-result: the rectangle from x 3, y 0 lies outside the picture of 3 × 2 pixels; choose x below 3 and y below 2',
    );
  });
});
