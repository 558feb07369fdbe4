/** What is particular to single point and global operations, beyond their examples and the reference set. */

import { describe, expect, it } from 'vitest';
import { checkValues } from '../../../core/operation/check';
import { applicationOf } from '../../../core/operation/define';
import type { Application } from '../../../core/operation/operation';
import { runOperation, type OperationRun } from '../../../core/operation/run';
import { bitPlaneReconstruct } from '../../../core/operations/bit-plane-reconstruct';
import { channelExtract } from '../../../core/operations/channel-extract';
import { gamma } from '../../../core/operations/gamma';
import { grayscale } from '../../../core/operations/grayscale';
import { operationById } from '../../../core/operations/index';
import { intensitySlice } from '../../../core/operations/intensity-slice';
import { levels } from '../../../core/operations/levels';
import { logTransform } from '../../../core/operations/log-transform';
import { negative } from '../../../core/operations/negative';
import { percentileStretch } from '../../../core/operations/percentile-stretch';
import { threshold } from '../../../core/operations/threshold';
import { topOf, type ChannelCount, type Raster } from '../../../core/raster/raster';
import { DEPTHS, noise, shapes, shapeText } from '../../support/rasters';

function run({ id, params }: Application, input: Raster): OperationRun {
  const operation = operationById.get(id);
  if (operation === undefined) throw new Error(id);
  const checked = checkValues(operation, params, input);
  if (!checked.ok) throw new Error(checked.fault.message);
  return runOperation(operation, checked.value, input);
}

const row = (channels: ChannelCount, ...levelsOfRow: readonly number[]): Raster => ({
  width: levelsOfRow.length / channels,
  height: 1,
  channels,
  depth: 8,
  data: Uint8Array.from(levelsOfRow),
});

const samples = (application: Application, input: Raster): readonly number[] => [
  ...run(application, input).raster.data,
];

const everyShape = shapes([9, 7]).map((shape) => [shapeText(shape), noise(shape)] as const);

describe.each(everyShape)('in a picture of %s', (_, picture) => {
  const top = topOf(picture.depth);

  it('the negative of the negative is the picture', () => {
    const once = run(applicationOf(negative, {}), picture).raster;
    expect(samples(applicationOf(negative, {}), once)).toEqual([...picture.data]);
  });

  it('all bit planes restore the picture', () => {
    const planes = Array.from({ length: picture.depth }, (_each, plane) => plane);
    for (const rescale of [false, true]) {
      expect(samples(applicationOf(bitPlaneReconstruct, { planes, rescale }), picture)).toEqual([
        ...picture.data,
      ]);
    }
  });

  it('gamma keeps black and white where they are', () => {
    const { raster } = run(applicationOf(gamma, { gamma: 0.3 }), picture);
    picture.data.forEach((level, at) => {
      if (level === 0 || level === top) expect(raster.data[at]).toBe(level);
    });
  });

  it('the logarithm makes the largest sample white', () => {
    const { raster } = run(applicationOf(logTransform, {}), picture);
    const colours = picture.channels <= 2 ? 1 : 3;
    const isColour = (_level: number, at: number): boolean => at % picture.channels < colours;
    const largest = Math.max(...picture.data.filter(isColour));
    picture.data.forEach((level, at) => {
      if (isColour(level, at) && level === largest) expect(raster.data[at]).toBe(top);
    });
  });
});

describe('logTransform', () => {
  it('keeps a black picture black', () => {
    for (const depth of DEPTHS) {
      const black: Raster = {
        width: 1,
        height: 1,
        channels: 1,
        depth,
        data: depth === 8 ? new Uint8Array(1) : new Uint16Array(1),
      };
      const { raster, reported } = run(applicationOf(logTransform, {}), black);
      expect([...raster.data]).toEqual([0]);
      expect(reported).toEqual({ c: [0], max: [0] });
    }
  });

  it('measures nothing for "range", also of the luma', () => {
    const { reported } = run(
      applicationOf(logTransform, { source: 'range', colorMode: 'gray' }),
      row(3, 1, 2, 3),
    );
    expect(reported['max']).toEqual([255, 255, 255]);
  });

  it('gives a gray picture the same curve by luma as by channel', () => {
    const picture = noise({ width: 9, height: 7, channels: 1, depth: 16 });
    const [byChannel, byLuma] = (['perChannel', 'gray'] as const).map((colorMode) =>
      samples(applicationOf(logTransform, { colorMode }), picture),
    );
    expect(byLuma).toEqual(byChannel);
  });
});

describe('percentileStretch', () => {
  it('leaves a flat channel as it is', () => {
    const picture = row(3, 10, 0, 7, 20, 100, 7);
    expect(
      samples(applicationOf(percentileStretch, { low: 0, high: 100, scope: 'channel' }), picture),
    ).toEqual([0, 0, 7, 255, 255, 7]);
  });

  it('lets alpha count for nothing', () => {
    const picture = row(2, 50, 0, 100, 255);
    expect(samples(applicationOf(percentileStretch, { low: 0, high: 100 }), picture)).toEqual([
      0, 0, 255, 255,
    ]);
  });
});

describe('levels', () => {
  it('changes the chosen channel alone', () => {
    expect(
      samples(applicationOf(levels, { outBlack: 255, outWhite: 0, channel: 'b' }), row(3, 10, 20, 30)),
    ).toEqual([10, 20, 225]);
  });

  it('means the gray channel of a gray picture, whichever is chosen', () => {
    expect(samples(applicationOf(levels, { outBlack: 255, outWhite: 0, channel: 'b' }), row(1, 10))).toEqual([
      245,
    ]);
  });
});

describe('tests by luma', () => {
  // Y = 0.299·200 + 0.587·100 + 0.114·50 = 124.2.
  const picture = row(3, 200, 100, 50);

  it('decide for the whole pixel', () => {
    expect(samples(applicationOf(threshold, { value: 124 }), picture)).toEqual([0, 0, 0]);
    expect(samples(applicationOf(threshold, { value: 123.5 }), picture)).toEqual([255, 255, 255]);
    expect(samples(applicationOf(threshold, { value: 124, basis: 'channel' }), picture)).toEqual([255, 0, 0]);
  });

  it('keep the others as they are', () => {
    const slice = { low: 124, high: 124, value: 9, basis: 'luma' } as const;
    expect(samples(applicationOf(intensitySlice, slice), picture)).toEqual([9, 9, 9]);
    expect(samples(applicationOf(intensitySlice, { ...slice, high: 130, low: 125 }), picture)).toEqual([
      200, 100, 50,
    ]);
  });
});

describe('channelExtract', () => {
  it('shows alpha as white where there is none', () => {
    expect(samples(applicationOf(channelExtract, { channel: 'a' }), row(3, 1, 2, 3))).toEqual([
      255, 255, 255,
    ]);
    expect(samples(applicationOf(channelExtract, { channel: 'a', display: 'color' }), row(1, 7))).toEqual([
      255,
    ]);
  });

  it('shows the gray channel of a gray picture, whichever is chosen', () => {
    expect(samples(applicationOf(channelExtract, { channel: 'b', display: 'color' }), row(2, 7, 9))).toEqual([
      7, 9,
    ]);
  });
});

describe('grayscale', () => {
  it.each(['bt601', 'bt709', 'luminosity', 'average', 'lightness'] as const)(
    'by %s changes nothing that is gray already',
    (method) => {
      const ramp = Array.from({ length: 256 }, (_, level) => level);
      expect(samples(applicationOf(grayscale, { method }), row(1, ...ramp))).toEqual(ramp);
      const gray = ramp.flatMap((level) => [level, level, level]);
      expect(samples(applicationOf(grayscale, { method }), row(3, ...gray))).toEqual(gray);
    },
  );
});
