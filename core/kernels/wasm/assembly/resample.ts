/**
 * The sums of ../../resample.ts in double precision, channel beside channel, tap after tap as there, so every sum is the same to the
 * last bit.
 */

const SNAP: f64 = 1.0 / 1048576.0;

function spread<Level extends number>(source: usize, count: i32, target: usize): void {
  let i: i32 = 0;
  if (sizeof<Level>() === 1) {
    for (; i + 8 <= count; i += 8) {
      const levels = v128.load_ext<u8>(source + (i as usize));
      const low = i32x4.extend_low_i16x8_u(levels);
      const high = i32x4.extend_high_i16x8_u(levels);
      const to = target + ((i as usize) << 3);
      v128.store(to, f64x2.convert_low_i32x4_s(low));
      v128.store(
        to,
        f64x2.convert_low_i32x4_s(
          i8x16.shuffle(low, low, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
        ),
        16,
      );
      v128.store(to, f64x2.convert_low_i32x4_s(high), 32);
      v128.store(
        to,
        f64x2.convert_low_i32x4_s(
          i8x16.shuffle(high, high, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
        ),
        48,
      );
    }
  }
  for (; i < count; i++) {
    store<f64>(target + ((i as usize) << 3), load<Level>(source + (i as usize) * sizeof<Level>()) as f64);
  }
}

/** `count` levels as doubles. */
export function spreadLevels8(source: usize, count: i32, target: usize): void {
  spread<u8>(source, count, target);
}

export function spreadLevels16(source: usize, count: i32, target: usize): void {
  spread<u16>(source, count, target);
}

/**
 * A row of `width` pixels, each the weighted sum of pixels of `row`. For every pixel `taps` holds three numbers: its first input
 * pixel, how many it reads, and where its weights begin. Up to a pixel behind both rows is read and written.
 */
export function sumAcross(
  row: usize,
  taps: usize,
  weights: usize,
  width: i32,
  channels: i32,
  target: usize,
): void {
  const pixel = (channels as usize) << 3;
  for (let x: i32 = 0; x < width; x++) {
    const tap = taps + (x as usize) * 12;
    let at = row + (load<i32>(tap) as usize) * pixel;
    let weight = weights + ((load<i32>(tap, 8) as usize) << 3);
    const end = weight + ((load<i32>(tap, 4) as usize) << 3);
    const to = target + (x as usize) * pixel;
    let first = f64x2.splat(0);
    if (channels >= 3) {
      let second = f64x2.splat(0);
      for (; weight < end; weight += 8) {
        const share = v128.load64_splat(weight);
        first = f64x2.add(first, f64x2.mul(share, v128.load(at)));
        second = f64x2.add(second, f64x2.mul(share, v128.load(at, 16)));
        at += pixel;
      }
      v128.store(to, first);
      v128.store(to, second, 16);
    } else {
      for (; weight < end; weight += 8) {
        first = f64x2.add(first, f64x2.mul(v128.load64_splat(weight), v128.load(at)));
        at += pixel;
      }
      v128.store(to, first);
    }
  }
}

/** The weighted sum of rows whose addresses stand at `rows`, `count` numbers each and up to three more. */
export function sumDown(rows: usize, weights: usize, taps: i32, count: i32, sums: usize): void {
  for (let i: i32 = 0; i < count; i += 4) {
    const at = (i as usize) << 3;
    let first = f64x2.splat(0);
    let second = f64x2.splat(0);
    for (let tap: i32 = 0; tap < taps; tap++) {
      const row = (load<i32>(rows + ((tap as usize) << 2)) as usize) + at;
      const share = v128.load64_splat(weights + ((tap as usize) << 3));
      first = f64x2.add(first, f64x2.mul(share, v128.load(row)));
      second = f64x2.add(second, f64x2.mul(share, v128.load(row, 16)));
    }
    v128.store(sums + at, first);
    v128.store(sums + at, second, 16);
  }
}

function storeSums<Level extends number>(sums: usize, count: i32, target: usize): void {
  const top = f64x2.splat(sizeof<Level>() === 1 ? 255 : 65535);
  for (let i: i32 = 0; i < count; i += 2) {
    const shifted = f64x2.add(
      f64x2.add(v128.load(sums + ((i as usize) << 3)), f64x2.splat(0.5)),
      f64x2.splat(SNAP),
    );
    const levels = i32x4.trunc_sat_f64x2_s_zero(
      f64x2.pmin(f64x2.pmax(f64x2.floor(shifted), f64x2.splat(0)), top),
    );
    const to = target + (i as usize) * sizeof<Level>();
    store<Level>(to, i32x4.extract_lane(levels, 0) as Level);
    if (i + 1 < count) store<Level>(to + sizeof<Level>(), i32x4.extract_lane(levels, 1) as Level);
  }
}

/** Rounds `count` sums once. */
export function storeSums8(sums: usize, count: i32, target: usize): void {
  storeSums<u8>(sums, count, target);
}

export function storeSums16(sums: usize, count: i32, target: usize): void {
  storeSums<u16>(sums, count, target);
}
