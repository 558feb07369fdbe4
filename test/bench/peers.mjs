/** The JavaScript libraries as a contestant: sharp of the program itself; jimp, image-js and photon where `--install-peers` put them. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import sharp from 'sharp';
import { answerQuestions } from './answering.mjs';

/** @typedef {import('./answering.mjs').Picture} Picture */

const require = createRequire(join(process.argv[2], 'any.js'));

/** @param {string} name */
async function optional(name) {
  try {
    const { default: standard, ...all } = await import(require.resolve(name));
    return {
      ...standard,
      ...all,
      version: require(join(process.argv[2], 'node_modules', name, 'package.json')).version,
    };
  } catch {
    return null;
  }
}

const jimp = await optional('jimp');
const imageJs = await optional('image-js');
const photon = await optional('@silvia-odwyer/photon-node');

/** Straight RGBA, which is all that some know. @param {Picture} picture */
function withAlpha({ width, height, channels, data }) {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from += channels, to += 4) {
    for (let channel = 0; channel < channels; channel++) rgba[to + channel] = data[from + channel];
  }
  return rgba;
}

/** @param {Uint8Array} rgba */
function withoutAlpha(rgba) {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    for (let channel = 0; channel < 3; channel++) rgb[to + channel] = rgba[from + channel];
  }
  return rgb;
}

const raw = (/** @type {Picture} */ { width, height, channels }) => ({ raw: { width, height, channels } });

/** @param {(image: import('sharp').Sharp, picture: Picture, all: readonly Picture[]) => import('sharp').Sharp} apply */
const bySharp = (apply) => (/** @type {readonly Picture[]} */ pictures) => ({
  run: () =>
    apply(sharp(pictures[0].data, raw(pictures[0])), pictures[0], pictures)
      .raw()
      .toBuffer(),
  samples: (/** @type {Buffer} */ made) => made,
});
const kernel = (/** @type {number[]} */ weights, scale = 1) =>
  bySharp((image) => {
    const side = Math.sqrt(weights.length);
    return image.convolve({ width: side, height: side, kernel: weights, scale });
  });
const SHARP_MODES = /** @type {const} */ (['over', 'multiply', 'screen', 'overlay', 'darken']);

const sharps = {
  negative: bySharp((image) => image.negate({ alpha: false })),
  gamma: bySharp((image) => image.gamma(1, 2.2)),
  'sharpen 3×3': kernel([0, -1, 0, -1, 5, -1, 0, -1, 0]),
  'nine weights 3×3': kernel([-1, -1, -1, -1, 9, -1, -1, -1, -1]),
  'Gaussian 3': bySharp((image) => image.blur({ sigma: 3, precision: 'integer', minAmplitude: 0.01 })),
  'Gaussian 20': bySharp((image) => image.blur({ sigma: 20, precision: 'integer', minAmplitude: 0.01 })),
  'median 3': bySharp((image) => image.median(3)),
  'median 5': bySharp((image) => image.median(5)),
  resize: bySharp((image, { width, height }) =>
    image.resize(width >> 2, height >> 2, { kernel: 'lanczos3', fastShrinkOnLoad: false }),
  ),
  'five layers': bySharp((image, _, pictures) =>
    image.composite(
      pictures.slice(1).map((own, at) => ({ input: own.data, ...raw(own), blend: SHARP_MODES[at + 1] })),
    ),
  ),
};

/** @param {(image: any, picture: Picture) => any} apply works in place or gives a new picture */
const byJimp =
  (apply) =>
  ([picture]) => {
    const data = Buffer.from(withAlpha(picture));
    return {
      run: () =>
        apply(
          new jimp.Jimp({ data: Buffer.from(data), width: picture.width, height: picture.height }),
          picture,
        ),
      samples: (made) => withoutAlpha(made.bitmap.data),
    };
  };
const byImageJs =
  (apply) =>
  ([picture]) => {
    const image = new imageJs.Image(picture.width, picture.height, { data: picture.data, colorModel: 'RGB' });
    return { run: () => apply(image), samples: (made) => Uint8Array.from(made.getRawImage().data) };
  };
const byPhoton =
  (apply) =>
  ([picture]) => {
    const rgba = withAlpha(picture);
    return {
      run() {
        const image = new photon.PhotonImage(rgba, picture.width, picture.height);
        apply(image);
        const made = image.get_raw_pixels();
        image.free();
        return made;
      },
      samples: withoutAlpha,
    };
  };

const libraries = {
  sharp: sharps,
  ...(jimp && { jimp: { negative: byJimp((image) => image.invert()) } }),
  ...(imageJs && {
    'image-js': {
      negative: byImageJs((image) => image.invert()),
      'box 9': byImageJs((image) => image.blur({ width: 9, height: 9, borderType: 'reflect' })),
      'median 3': byImageJs((image) => image.medianFilter({ cellSize: 3, borderType: 'replicate' })),
    },
  }),
  ...(photon && {
    photon: {
      negative: byPhoton((image) => photon.invert(image)),
      gamma: byPhoton((image) => photon.gamma_correction(image, 2.2, 2.2, 2.2)),
      'sharpen 3×3': byPhoton((image) => photon.sharpen(image)),
    },
  }),
};

const versions = { sharp: `${sharp.versions.sharp} (libvips ${sharp.versions.vips})` };
for (const [name, library] of Object.entries({ jimp, 'image-js': imageJs, photon })) {
  if (library !== null) versions[name] = library.version;
}
const can = Object.fromEntries(Object.entries(libraries).map(([name, known]) => [name, Object.keys(known)]));

await answerQuestions(
  { versions, can, threaded: ['sharp'] },
  ({ case: { name }, who, threads }, pictures) => {
    sharp.concurrency(threads);
    sharp.cache(false);
    return libraries[who][name](pictures);
  },
);
