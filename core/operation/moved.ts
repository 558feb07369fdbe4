/** Geometry that only moves pixels is said by one placement; what it reads and how it is filled follow. */

import { placedSource, rearrangeBy, type Placement } from '../kernels/rearrange';
import type { Region, Shape } from '../raster/raster';
import type { Rectangle, Size } from '../raster/rectangle';
import type { Signal } from '../raster/signal';

interface Moved<V> {
  placement(values: V, whole: Size): Placement;
  source(values: V, whole: Shape, output: Rectangle): Rectangle;
  move(values: V, whole: Shape, input: Region, output: Region, signal: Signal): void;
}

/** The part of a geometry operation's declaration that follows from where its pixels lie in the input. */
export function movedBy<V>(placement: (values: V, whole: Size) => Placement): Moved<V> {
  return {
    placement,
    source: (values, whole, output) => placedSource(placement(values, whole), output),
    move: (values, whole, input, output, signal) => {
      rearrangeBy(placement(values, whole), input, output, signal);
    },
  };
}
