/**
 * The bilateral filter at 8 bit (../../bilateral-levels.ts), four pixels a vector in single precision. How alike two pixels are is looked
 * up once for both of them: a row first makes the weights of its pixels with the neighbours on one side ("forward": below, or in the
 * same row to the right), and keeps them until the rows of those neighbours have used them too. Where the error could change a level, the
 * pixel is computed in doubles, neighbour after neighbour as the definition is, to the same bits.
 */

import { spreadPlanes, weigh } from './bilateral-weights';
import { nearest } from './packing';

const SNAP: f64 = 1.0 / 1048576.0;
/** Pairs of neighbours that are added up before they join the rest, which keeps what rounding takes small. */
const GROUP: usize = 16;

/** How far it lies in the planes of bytes. */
// @inline
function sampleStep(step: usize): usize {
  return load<i32>(step) as usize;
}

/** Columns to the right, which may be negative. */
// @inline
function columnsOf(step: usize): i32 {
  return load<i32>(step, 4);
}

/** Rows down. */
// @inline
function rowsOf(step: usize): i32 {
  return load<i32>(step, 8);
}

/** Where its rows + 1 rows of weights lie. */
// @inline
function ringOf(step: usize): usize {
  return load<i32>(step, 12) as usize;
}

/** The row of weights that row `y` makes: of a ring of n rows the next one, which nobody needs any more. */
// @inline
function ownWeights(step: usize, y: i32, line: usize): usize {
  return ringOf(step) + ((y % (rowsOf(step) + 1)) as usize) * line;
}

/** The row of weights that the row `rows` above made. */
// @inline
function earlierWeights(step: usize, y: i32, line: usize): usize {
  return ringOf(step) + (((y + 1) % (rowsOf(step) + 1)) as usize) * line;
}

/** One pixel by the definition: `pixel` lies in the middle of its window, `offsets` lead to its neighbours there. */
function settle(
  pixel: usize,
  output: usize,
  colours: i32,
  offsets: usize,
  nearness: usize,
  neighbours: i32,
  likeness: usize,
): void {
  const r = load<u8>(pixel) as i32;
  const g = load<u8>(pixel, 1) as i32;
  const b = load<u8>(pixel, 2) as i32;
  let weights: f64 = 0;
  let sumR: f64 = 0;
  let sumG: f64 = 0;
  let sumB: f64 = 0;
  for (let i: i32 = 0; i < neighbours; i++) {
    const at = pixel + (load<i32>(offsets + ((i as usize) << 2)) as usize);
    const red = load<u8>(at) as i32;
    let difference = abs(red - r);
    let green: i32 = 0;
    let blue: i32 = 0;
    if (colours === 3) {
      green = load<u8>(at, 1) as i32;
      blue = load<u8>(at, 2) as i32;
      difference += abs(green - g) + abs(blue - b);
    }
    const weight =
      load<f64>(nearness + ((i as usize) << 3)) * load<f64>(likeness + ((difference as usize) << 3));
    weights += weight;
    sumR += weight * (red as f64);
    sumG += weight * (green as f64);
    sumB += weight * (blue as f64);
  }
  store<u8>(output, rounded(sumR / weights));
  if (colours === 3) {
    store<u8>(output, rounded(sumG / weights), 1);
    store<u8>(output, rounded(sumB / weights), 2);
  }
}

// @inline
function rounded(level: f64): u8 {
  return Math.floor(level + 0.5 + SNAP) as u8;
}

/** Lanes whose value lies within the bound of a rounding edge. */
// @inline
function doubtful(value: v128, bound: v128): v128 {
  const above = f32x4.sub(value, f32x4.floor(value));
  return f32x4.le(f32x4.abs(f32x4.sub(above, f32x4.splat(0.5))), bound);
}

/**
 * `count` pixels of one row in planes, the first one's red float at `row`, its levels at `input`. At `steps` stand for each forward
 * neighbour 16 bytes: how far its floats lie, its nearness, and where the weights lie with it and with the neighbour opposite.
 */
function mix(
  row: usize,
  plane: usize,
  count: i32,
  steps: usize,
  end: usize,
  input: usize,
  output: usize,
  channels: i32,
  colours: i32,
  offsets: usize,
  nearness: usize,
  neighbours: i32,
  likeness: usize,
  bound: f32,
): void {
  const bounds = f32x4.splat(bound);
  for (let x: i32 = 0; x < count; x += 4) {
    const along = (x as usize) << 2;
    const middle = row + along;
    let weights = f32x4.splat(1);
    let sumR = v128.load(middle);
    let sumG = sumR;
    let sumB = sumR;
    if (colours === 3) {
      sumG = v128.load(middle + plane);
      sumB = v128.load(middle + plane * 2);
    }
    for (let step = steps; step < end;) {
      const last = min(end, step + GROUP * 16);
      let partly = f32x4.splat(0);
      let partR = partly;
      let partG = partly;
      let partB = partly;
      for (; step < last; step += 16) {
        const away = load<i32>(step) as usize;
        const near = v128.load32_splat(step, 4);
        const ahead = f32x4.mul(near, v128.load((load<i32>(step, 8) as usize) + along));
        const behind = f32x4.mul(near, v128.load((load<i32>(step, 12) as usize) + along));
        const there = middle + away;
        const opposite = middle - away;
        partly = f32x4.add(partly, f32x4.add(ahead, behind));
        const red = f32x4.mul(ahead, v128.load(there));
        partR = f32x4.add(partR, f32x4.add(red, f32x4.mul(behind, v128.load(opposite))));
        if (colours === 3) {
          const green = f32x4.mul(ahead, v128.load(there + plane));
          partG = f32x4.add(partG, f32x4.add(green, f32x4.mul(behind, v128.load(opposite + plane))));
          const blue = f32x4.mul(ahead, v128.load(there + plane * 2));
          partB = f32x4.add(partB, f32x4.add(blue, f32x4.mul(behind, v128.load(opposite + plane * 2))));
        }
      }
      weights = f32x4.add(weights, partly);
      sumR = f32x4.add(sumR, partR);
      if (colours === 3) {
        sumG = f32x4.add(sumG, partG);
        sumB = f32x4.add(sumB, partB);
      }
    }
    const red = f32x4.div(sumR, weights);
    let doubt = doubtful(red, bounds);
    let packed = nearest(red);
    if (colours === 3) {
      const green = f32x4.div(sumG, weights);
      const blue = f32x4.div(sumB, weights);
      doubt = v128.or(doubt, v128.or(doubtful(green, bounds), doubtful(blue, bounds)));
      // A pixel a lane.
      packed = v128.or(packed, v128.or(i32x4.shl(nearest(green), 8), i32x4.shl(nearest(blue), 16)));
    }
    const lanes = i32x4.bitmask(doubt);
    const pixels = min(4, count - x);
    let from = input + (x as usize) * (channels as usize);
    let target = output + (x as usize) * (channels as usize);
    for (let pixel: i32 = 0; pixel < pixels; pixel++) {
      if ((lanes >> pixel) & 1) {
        settle(from, target, colours, offsets, nearness, neighbours, likeness);
      } else {
        const levels = i32x4.extract_lane(packed, 0);
        store<u8>(target, levels as u8);
        if (colours === 3) store<u16>(target, (levels >> 8) as u16, 1);
      }
      packed = i32x4.shuffle(packed, packed, 1, 2, 3, 0);
      from += channels as usize;
      target += channels as usize;
    }
  }
}

function filterBlock(
  input: usize,
  inputLine: usize,
  output: usize,
  outputLine: usize,
  rows: i32,
  count: i32,
  wide: i32,
  channels: i32,
  colours: i32,
  radius: i32,
  steps: usize,
  stepCount: i32,
  likeness: usize,
  bytes: usize,
  floats: usize,
  pairs: usize,
  offsets: usize,
  nearness: usize,
  neighbours: i32,
  exactLikeness: usize,
  bound: f32,
): void {
  spreadPlanes(
    input,
    inputLine,
    rows + 2 * radius,
    count + 2 * radius,
    wide,
    channels,
    colours,
    bytes,
    floats,
  );
  const row = (wide * colours) as usize;
  const line = (wide as usize) << 2;
  const end = steps + (stepCount as usize) * 24;
  // Rows above the first one make the weights that it has in common with them.
  for (let y: i32 = 0; y < rows + radius; y++) {
    let pair = pairs;
    for (let step = steps; step < end; step += 24, pair += 16) {
      const away = sampleStep(step);
      const own = ownWeights(step, y, line);
      inline.always(weigh(bytes + (y as usize) * row, away, wide, colours, likeness, own));
      const before = earlierWeights(step, y, line) - ((columnsOf(step) as usize) << 2);
      store<i32>(pair, (away << 2) as i32);
      store<f32>(pair, load<f32>(step, 16), 4);
      store<i32>(pair, (own as i32) + (radius << 2), 8);
      store<i32>(pair, (before as i32) + (radius << 2), 12);
    }
    const own = y - radius;
    if (own < 0) continue;
    inline.always(
      mix(
        floats + ((((y as usize) * row) as usize) << 2) + ((radius as usize) << 2),
        line,
        count,
        pairs,
        pair,
        input + (y as usize) * inputLine + (radius as usize) * (channels as usize),
        output + (own as usize) * outputLine,
        channels,
        colours,
        offsets,
        nearness,
        neighbours,
        exactLikeness,
        bound,
      ),
    );
  }
}

/**
 * `rows` rows of `count` pixels; `input` is the upper left corner of the first one's window. For each forward neighbour `steps` has 24 bytes:
 * how far it lies in `bytes`, columns right, rows down, where its weights are kept (rows + 1 rows of `wide` floats), its
 * nearness as a float, and 4 unused. `likeness` is a table of floats. `bytes`, `floats` and `pairs` are room for levels and for 16
 * bytes a neighbour. `offsets` (bytes of the input), `nearness` and `exactLikeness` are those of all neighbours, for doubles.
 */
export function bilateralLevels8(
  input: usize,
  inputLine: usize,
  output: usize,
  outputLine: usize,
  rows: i32,
  count: i32,
  wide: i32,
  channels: i32,
  radius: i32,
  steps: usize,
  stepCount: i32,
  likeness: usize,
  bytes: usize,
  floats: usize,
  pairs: usize,
  offsets: usize,
  nearness: usize,
  neighbours: i32,
  exactLikeness: usize,
  bound: f32,
): void {
  if (channels >= 3) {
    inline.always(
      filterBlock(
        input,
        inputLine,
        output,
        outputLine,
        rows,
        count,
        wide,
        channels,
        3,
        radius,
        steps,
        stepCount,
        likeness,
        bytes,
        floats,
        pairs,
        offsets,
        nearness,
        neighbours,
        exactLikeness,
        bound,
      ),
    );
  } else {
    inline.always(
      filterBlock(
        input,
        inputLine,
        output,
        outputLine,
        rows,
        count,
        wide,
        channels,
        1,
        radius,
        steps,
        stepCount,
        likeness,
        bytes,
        floats,
        pairs,
        offsets,
        nearness,
        neighbours,
        exactLikeness,
        bound,
      ),
    );
  }
}
