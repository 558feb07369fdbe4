/**
 * The Python function of every operation: written by hand where a formula alone does not say it all (neighbourhoods, geometry,
 * measured pictures, lists), else printed from the formula.
 */

import type { Operation } from '../../../operation/operation';
import { pythonName } from '../literal';
import { part, type PythonPart } from '../part';
import { blendStep } from '../parts/compose';
import { printedFunction } from '../printed-function';
import { addNoise } from './add-noise';
import { autoThreshold } from './auto-threshold';
import { bilateral } from './bilateral';
import { bitPlaneReconstruct } from './bit-plane-reconstruct';
import { boxBlur } from './box-blur';
import { canny } from './canny';
import { canvasSize } from './canvas-size';
import { channelExtract } from './channel-extract';
import { channelFill } from './channel-fill';
import { channelMixer } from './channel-mixer';
import { circularMask } from './circular-mask';
import { clahe } from './clahe';
import { clarity } from './clarity';
import { convolve } from './convolve';
import { crop } from './crop';
import { curves } from './curves';
import { equalize } from './equalize';
import { flip } from './flip';
import { fourierFilter } from './fourier-filter';
import { gaussianBlur } from './gaussian-blur';
import { gradient } from './gradient';
import { kmeansQuantize } from './kmeans-quantize';
import { levels } from './levels';
import { logTransform } from './log-transform';
import { maskReplace } from './mask-replace';
import { median } from './median';
import { morphology } from './morphology';
import { percentileStretch } from './percentile-stretch';
import { pixelate } from './pixelate';
import { resize } from './resize';
import { rotate } from './rotate';
import { rotate90 } from './rotate90';
import { statistics } from './statistics';
import { temperatureTint } from './temperature-tint';
import { unsharpMask } from './unsharp-mask';
import { whiteBalance } from './white-balance';

const byHand: Readonly<Record<string, PythonPart>> = {
  addNoise,
  autoThreshold,
  bilateral,
  bitPlaneReconstruct,
  blend: blendStep,
  boxBlur,
  canny,
  canvasSize,
  channelExtract,
  channelFill,
  channelMixer,
  circularMask,
  clahe,
  clarity,
  convolve,
  crop,
  curves,
  equalize,
  flip,
  fourierFilter,
  gaussianBlur,
  gradient,
  kmeansQuantize,
  levels,
  logTransform,
  maskReplace,
  median,
  morphology,
  percentileStretch,
  pixelate,
  resize,
  rotate,
  rotate90,
  statistics,
  temperatureTint,
  unsharpMask,
  whiteBalance,
};

/** Steps that are called one after the other. */
function composedFunction({ id }: Operation): PythonPart {
  const name = pythonName(id);
  return part(
    name,
    [],
    `
def ${name}(image, *steps):
    """Step after step; each stores its result."""
    for step in steps:
        image = step(image)
    return image`,
  );
}

const printed = new Map<string, PythonPart | null>();

/** The function that scripts call for an operation; null where there is none yet. */
export function functionFor(operation: Operation): PythonPart | null {
  const { id } = operation;
  if (Object.hasOwn(byHand, id)) return byHand[id];
  if (!printed.has(id)) {
    const own = operation.kind === 'composed' ? composedFunction(operation) : printedFunction(operation);
    printed.set(id, own);
  }
  return printed.get(id) ?? null;
}
