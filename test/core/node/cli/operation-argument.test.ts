import { describe, expect, it } from 'vitest';
import { stepFromArgument } from '../../../../core/node/cli/operation-argument';

function paramsOf(argument: string): unknown {
  const step = stepFromArgument(argument);
  return step.ok ? step.value.params : step.fault.message;
}

describe('an --op argument', () => {
  it('is an operation that stands alone, unlimited', () => {
    expect(stepFromArgument('  negative ')).toEqual({
      ok: true,
      value: {
        operation: 'negative',
        params: {},
        enabled: true,
        channels: 'rgb',
        opacity: 1,
        mask: null,
        measured: null,
      },
    });
  });

  it.each([
    ['gamma gamma=2.2', { gamma: 2.2 }],
    ['gamma  gamma=1e-1\t', { gamma: 0.1 }],
    ['levels inBlack=+5 inWhite=.5e2 channel=g', { inBlack: 5, inWhite: 50, channel: 'g' }],
    ['bitPlaneReconstruct planes=[0, 3,7] rescale=true', { planes: [0, 3, 7], rescale: true }],
    [
      'convolve kernel=[[0, -1, 0], [-1, 5, -1], [0, -1, 0]] boundary=reflect',
      {
        kernel: [
          [0, -1, 0],
          [-1, 5, -1],
          [0, -1, 0],
        ],
        boundary: 'reflect',
      },
    ],
    ['convolve kernel=sharpen divisor=auto', { kernel: 'sharpen', divisor: 'auto' }],
    ['convolve kernel="box3" divisor=null', { kernel: 'box3', divisor: null }],
    ['blend source="my picture.png" mode=multiply', { source: 'my picture.png', mode: 'multiply' }],
    ["blend source='it is \\'quoted\\'.png'", { source: "it is 'quoted'.png" }],
    ['blend source=a=b.png', { source: 'a=b.png' }],
  ])('%s is typed by the declarations', (argument, params) => {
    expect(paramsOf(argument)).toEqual(params);
  });

  it.each([
    ['gamma gamma=', /expected a number from 0\.01 to 10 for gamma but received ""/],
    ['gamma gamma=0x10', /received "0x10"/],
    ['gamma gamma=NaN', /received "NaN"/],
    ['gamma gamma=Infinity', /received "Infinity"/],
    ['convolve kernel=[[1,2],[3]]', /expected the name of a kernel/],
    ['convolve kernel=[[1,2', /expected the name of a kernel/],
    ['bitPlaneReconstruct planes=[1,1]', /expected a list of distinct whole numbers/],
    ['gamma =2', /expected NAME=VALUE but received "=2"/],
  ])('%s is refused', (argument, message) => {
    expect(paramsOf(argument)).toMatch(message);
  });
});
