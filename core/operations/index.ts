/** Every operation, in the order of OPERATIONS.md: the order of menus and of `burnish operations`. */

import type { Operation } from '../operation/operation';
import { register } from '../operation/registry';
import { addNoise } from './add-noise';
import { autoThreshold } from './auto-threshold';
import { bilateral } from './bilateral';
import { bitPlane } from './bit-plane';
import { bitPlaneReconstruct } from './bit-plane-reconstruct';
import { blend } from './blend';
import { boxBlur } from './box-blur';
import { brightnessContrast } from './brightness-contrast';
import { canny } from './canny';
import { canvasSize } from './canvas-size';
import { chain } from './chain';
import { channelExtract } from './channel-extract';
import { channelFill } from './channel-fill';
import { channelMixer } from './channel-mixer';
import { circularMask } from './circular-mask';
import { clahe } from './clahe';
import { clarity } from './clarity';
import { contrastStretch } from './contrast-stretch';
import { convolve } from './convolve';
import { crop } from './crop';
import { curves } from './curves';
import { equalize } from './equalize';
import { exposure } from './exposure';
import { flip } from './flip';
import { fourierFilter } from './fourier-filter';
import { gamma } from './gamma';
import { gaussianBlur } from './gaussian-blur';
import { gradient } from './gradient';
import { grayscale } from './grayscale';
import { hueSaturation } from './hue-saturation';
import { intensitySlice } from './intensity-slice';
import { kmeansQuantize } from './kmeans-quantize';
import { levels } from './levels';
import { logTransform } from './log-transform';
import { maskReplace } from './mask-replace';
import { median } from './median';
import { morphology } from './morphology';
import { negative } from './negative';
import { percentileStretch } from './percentile-stretch';
import { pixelate } from './pixelate';
import { posterize } from './posterize';
import { resize } from './resize';
import { rotate } from './rotate';
import { rotate90 } from './rotate90';
import { shadowsHighlights } from './shadows-highlights';
import { solarize } from './solarize';
import { statistics } from './statistics';
import { temperatureTint } from './temperature-tint';
import { threshold } from './threshold';
import { unsharpMask } from './unsharp-mask';
import { vibrance } from './vibrance';
import { vignette } from './vignette';
import { whiteBalance } from './white-balance';

export const operations: readonly Operation[] = [
  negative,
  logTransform,
  gamma,
  brightnessContrast,
  levels,
  curves,
  contrastStretch,
  percentileStretch,
  posterize,
  solarize,
  intensitySlice,
  bitPlane,
  bitPlaneReconstruct,
  threshold,
  maskReplace,
  circularMask,
  channelFill,
  grayscale,
  channelExtract,
  hueSaturation,
  whiteBalance,
  statistics,
  equalize,
  clahe,
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
  kmeansQuantize,
  chain,
  flip,
  rotate90,
  crop,
  canvasSize,
  resize,
  rotate,
  exposure,
  temperatureTint,
  vibrance,
  channelMixer,
  shadowsHighlights,
  vignette,
  addNoise,
  clarity,
  canny,
  pixelate,
];

export const operationById = register(operations);
