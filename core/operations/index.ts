/** Every operation, in the order of OPERATIONS.md: the order of menus and of `burnish operations`. */

import type { Operation } from '../operation/operation';
import { autoThreshold } from './auto-threshold';
import { bilateral } from './bilateral';
import { bitPlane } from './bit-plane';
import { bitPlaneReconstruct } from './bit-plane-reconstruct';
import { blend } from './blend';
import { boxBlur } from './box-blur';
import { brightnessContrast } from './brightness-contrast';
import { channelExtract } from './channel-extract';
import { contrastStretch } from './contrast-stretch';
import { convolve } from './convolve';
import { crop } from './crop';
import { exposure } from './exposure';
import { flip } from './flip';
import { fourierFilter } from './fourier-filter';
import { gamma } from './gamma';
import { gaussianBlur } from './gaussian-blur';
import { gradient } from './gradient';
import { grayscale } from './grayscale';
import { hueSaturation } from './hue-saturation';
import { intensitySlice } from './intensity-slice';
import { levels } from './levels';
import { logTransform } from './log-transform';
import { median } from './median';
import { morphology } from './morphology';
import { negative } from './negative';
import { percentileStretch } from './percentile-stretch';
import { posterize } from './posterize';
import { rotate90 } from './rotate90';
import { shadowsHighlights } from './shadows-highlights';
import { solarize } from './solarize';
import { threshold } from './threshold';
import { unsharpMask } from './unsharp-mask';
import { vibrance } from './vibrance';

export const operations: readonly Operation[] = [
  negative,
  logTransform,
  gamma,
  brightnessContrast,
  levels,
  contrastStretch,
  percentileStretch,
  posterize,
  solarize,
  intensitySlice,
  bitPlane,
  bitPlaneReconstruct,
  threshold,
  grayscale,
  channelExtract,
  hueSaturation,
  autoThreshold,
  convolve,
  boxBlur,
  gaussianBlur,
  median,
  unsharpMask,
  bilateral,
  gradient,
  morphology,
  fourierFilter,
  blend,
  flip,
  rotate90,
  crop,
  exposure,
  vibrance,
  shadowsHighlights,
];

export const operationById: ReadonlyMap<string, Operation> = new Map(
  operations.map((operation) => [operation.id, operation]),
);
