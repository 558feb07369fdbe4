/**
 * What is measured from samples in memory to samples in memory: for each case what Burnish is asked for. What the other programs do
 * for it stands under the same name in peers.py and peers.mjs.
 */

/** @typedef {readonly [string, object][]} Steps */

/**
 * @typedef {object} Case
 * @property {string} name as in peers.py and peers.mjs
 * @property {Steps | ((size: { width: number, height: number }) => Steps)} [steps] operations with their values
 * @property {readonly string[]} [layers] instead of steps: blend modes from the bottom up, a picture with alpha each
 * @property {'photo' | 'tutorial'} [picture] the large photograph, or the picture of the tutorials' size
 * @property {number} [megapixels] a photograph of this size instead
 * @property {number} [preview] a preview halved this many times, lengths rescaled, instead of the exact picture
 */

const stretch = { r1: 70, s1: 20, r2: 180, s2: 230 };
const boxes = [9, 15, 30, 60];
const replicate = { boundary: 'replicate' };

/** @type {(name: string, operation: string, params?: object) => Case} */
const one = (name, operation, params = {}) => ({ name, steps: [[operation, params]] });

/** The sizes over which the cost of a pixel is compared. */
export const SIZES = [1, 6, 24, 100];
const scaled = /** @type {const} */ ([
  ['gamma', ['gamma', { gamma: 2.2 }]],
  ['box 15', ['boxBlur', { size: 15 }]],
]);

/** Sizes, in megapixels, and ways to go on beyond the edge, with which the Fourier filter is measured. */
const Fourier = [1, 8, 24].flatMap((megapixels) =>
  /** @type {const} */ (['mirror', 'none']).map((padding) => ({ megapixels, padding })),
);
/** @type {(padding: 'mirror' | 'none', megapixels: number) => string} */
export const FourierName = (padding, megapixels) =>
  `Fourier filter, ${padding === 'mirror' ? 'mirrored' : 'repeated'}, ${megapixels} MP`;

/** @type {readonly Case[]} */
export const cases = [
  one('negative', 'negative'),
  one('gamma', 'gamma', { gamma: 2.2 }),
  one('log', 'logTransform'),
  one('stretch', 'contrastStretch', stretch),
  one('slice', 'intensitySlice', { low: 100, high: 160, value: 230 }),
  one('bit plane', 'bitPlane', { plane: 6 }),
  {
    name: 'five point operations',
    steps: [
      ['negative', {}],
      ['logTransform', { source: 'range' }],
      ['gamma', { gamma: 2.2 }],
      ['contrastStretch', stretch],
      ['intensitySlice', { low: 100, high: 160, value: 230 }],
    ],
  },
  ...boxes.map((size) => one(`box ${size}`, 'boxBlur', { size })),
  one('sharpen 3×3', 'convolve', { kernel: 'sharpen' }),
  one('nine weights 3×3', 'convolve', { kernel: 'sharpen8' }),
  one('unsharp 5×5', 'convolve', { kernel: 'unsharp5' }),
  one('Gaussian 3', 'gaussianBlur', { sigma: 3 }),
  one('Gaussian 20', 'gaussianBlur', { sigma: 20 }),
  ...[3, 60].map((sigma) => ({ ...one(`preview Gaussian ${sigma}`, 'gaussianBlur', { sigma }), preview: 2 })),
  ...[3, 5, 25, 49].map((size) => one(`median ${size}`, 'median', { size, ...replicate })),
  ...[25, 50].map((radius) => one(`erode ${radius}`, 'morphology', { operation: 'erode', radius })),
  one('Sobel', 'gradient'),
  one('unsharp 3', 'unsharpMask', { sigma: 3, amount: 1.5 }),
  ...[2, 5].map((radius) =>
    one(`bilateral ${radius}`, 'bilateral', { radius, sigmaColor: 30, sigmaSpace: 3, boundary: 'reflect' }),
  ),
  one('CLAHE', 'clahe'),
  ...Fourier.map(({ megapixels, padding }) => ({
    ...one(FourierName(padding, megapixels), 'fourierFilter', { type: 'lowPass', cutoff: 0.1, padding }),
    megapixels,
  })),
  {
    name: 'resize',
    steps: ({ width, height }) => [['resize', { width: width / 4, height: height / 4 }]],
  },
  { name: 'five layers', layers: ['normal', 'multiply', 'screen', 'overlay', 'darken'] },
  ...boxes.map((size) => ({
    ...one(`tutorial ${size}`, 'boxBlur', { size }),
    picture: /** @type {const} */ ('tutorial'),
  })),
  ...scaled.flatMap(([name, step]) =>
    SIZES.map((megapixels) => ({ name: `${name}, ${megapixels} MP`, steps: [step], megapixels })),
  ),
];
