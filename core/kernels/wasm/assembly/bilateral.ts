/**
 * The bilateral filter of ../../bilateral.ts, two pixels a vector in double precision, neighbour after neighbour as there, so every
 * sum is the same to the last bit. A block of the picture is first spread to planes of doubles.
 */

/** A number of 2^52 and more is whole, and its lower half is what was added to 2^52. */
const WHOLE: f64 = 4503599627370496.0;
const SNAP: f64 = 1.0 / 1048576.0;

/** Rows of levels as planes: for each row its colours one after the other, `wide` doubles each, of which the last is 0. */
function spread<Level extends number>(
  input: usize,
  line: usize,
  rows: i32,
  wide: i32,
  channels: i32,
  colours: i32,
  planes: usize,
): void {
  let to = planes;
  for (let y: i32 = 0; y < rows; y++) {
    for (let c: i32 = 0; c < colours; c++) {
      let from = input + (y as usize) * line + (c as usize) * sizeof<Level>();
      for (let x: i32 = 0; x < wide - 1; x++) {
        store<f64>(to, load<Level>(from) as f64);
        from += (channels as usize) * sizeof<Level>();
        to += 8;
      }
      store<f64>(to, 0);
      to += 8;
    }
  }
}

/** Rounds the quotients once; they lie in 0 … top. */
function storeTwo<Level extends number>(
  sum: v128,
  weights: v128,
  target: usize,
  step: usize,
  both: bool,
): void {
  const shifted = f64x2.add(f64x2.add(f64x2.div(sum, weights), f64x2.splat(0.5)), f64x2.splat(SNAP));
  const levels = f64x2.add(f64x2.floor(shifted), f64x2.splat(WHOLE));
  store<Level>(target, i32x4.extract_lane(levels, 0) as Level);
  if (both) store<Level>(target + step, i32x4.extract_lane(levels, 2) as Level);
}

/** One row, of which `planes` is the upper left corner of the first window; `offsets` lead from there to the neighbours. */
function filterRow<Level extends number>(
  planes: usize,
  plane: usize,
  middle: usize,
  output: usize,
  count: i32,
  channels: i32,
  colours: i32,
  offsets: usize,
  nearness: usize,
  neighbours: i32,
  likeness: usize,
): void {
  const step = (channels as usize) * sizeof<Level>();
  const whole = f64x2.splat(WHOLE);
  for (let x: i32 = 0; x < count; x += 2) {
    const corner = planes + ((x as usize) << 3);
    const r = v128.load(corner + middle);
    const g = v128.load(corner + middle + (colours === 3 ? plane : 0));
    const b = v128.load(corner + middle + (colours === 3 ? plane * 2 : 0));
    let weights = f64x2.splat(0);
    let sumR = f64x2.splat(0);
    let sumG = f64x2.splat(0);
    let sumB = f64x2.splat(0);
    for (let i: i32 = 0; i < neighbours; i++) {
      const at = corner + (load<i32>(offsets + ((i as usize) << 2)) as usize);
      const red = v128.load(at);
      let difference = f64x2.abs(f64x2.sub(red, r));
      let green = red;
      let blue = red;
      if (colours === 3) {
        green = v128.load(at + plane);
        blue = v128.load(at + plane * 2);
        const others = f64x2.add(f64x2.abs(f64x2.sub(green, g)), f64x2.abs(f64x2.sub(blue, b)));
        difference = f64x2.add(difference, others);
      }
      const places = f64x2.add(difference, whole);
      const first = likeness + ((i32x4.extract_lane(places, 0) as usize) << 3);
      const second = likeness + ((i32x4.extract_lane(places, 2) as usize) << 3);
      const alike = v128.load64_lane(second, v128.load64_zero(first), 1);
      const weight = f64x2.mul(v128.load64_splat(nearness + ((i as usize) << 3)), alike);
      weights = f64x2.add(weights, weight);
      sumR = f64x2.add(sumR, f64x2.mul(weight, red));
      if (colours === 3) {
        sumG = f64x2.add(sumG, f64x2.mul(weight, green));
        sumB = f64x2.add(sumB, f64x2.mul(weight, blue));
      }
    }
    const target = output + (x as usize) * step;
    const both = x + 1 < count;
    storeTwo<Level>(sumR, weights, target, step, both);
    if (colours === 3) {
      storeTwo<Level>(sumG, weights, target + sizeof<Level>(), step, both);
      storeTwo<Level>(sumB, weights, target + 2 * sizeof<Level>(), step, both);
    }
  }
}

function filterBlock<Level extends number>(
  input: usize,
  inputLine: usize,
  output: usize,
  outputLine: usize,
  rows: i32,
  count: i32,
  channels: i32,
  radius: i32,
  offsets: usize,
  nearness: usize,
  neighbours: i32,
  likeness: usize,
  planes: usize,
): void {
  const colours: i32 = channels >= 3 ? 3 : 1;
  const wide = count + 2 * radius + 1;
  const plane = (wide as usize) << 3;
  const line = plane * (colours as usize);
  spread<Level>(input, inputLine, rows + 2 * radius, wide, channels, colours, planes);
  const middle = (radius as usize) * line + ((radius as usize) << 3);
  for (let y: i32 = 0; y < rows; y++) {
    const corner = planes + (y as usize) * line;
    const target = output + (y as usize) * outputLine;
    if (colours === 3) {
      inline.always(
        filterRow<Level>(
          corner,
          plane,
          middle,
          target,
          count,
          channels,
          3,
          offsets,
          nearness,
          neighbours,
          likeness,
        ),
      );
    } else {
      inline.always(
        filterRow<Level>(
          corner,
          plane,
          middle,
          target,
          count,
          channels,
          1,
          offsets,
          nearness,
          neighbours,
          likeness,
        ),
      );
    }
  }
}

/**
 * `count` columns and `rows` rows of the output; `input` is the upper left corner of the first one's window. `offsets` are bytes from
 * a window's corner to its neighbours in `planes`: a row there is (count + 2 · radius + 1) · 8 bytes a colour.
 */
export function bilateralBlock8(
  input: usize,
  inputLine: usize,
  output: usize,
  outputLine: usize,
  rows: i32,
  count: i32,
  channels: i32,
  radius: i32,
  offsets: usize,
  nearness: usize,
  neighbours: i32,
  likeness: usize,
  planes: usize,
): void {
  filterBlock<u8>(
    input,
    inputLine,
    output,
    outputLine,
    rows,
    count,
    channels,
    radius,
    offsets,
    nearness,
    neighbours,
    likeness,
    planes,
  );
}

export function bilateralBlock16(
  input: usize,
  inputLine: usize,
  output: usize,
  outputLine: usize,
  rows: i32,
  count: i32,
  channels: i32,
  radius: i32,
  offsets: usize,
  nearness: usize,
  neighbours: i32,
  likeness: usize,
  planes: usize,
): void {
  filterBlock<u16>(
    input,
    inputLine,
    output,
    outputLine,
    rows,
    count,
    channels,
    radius,
    offsets,
    nearness,
    neighbours,
    likeness,
    planes,
  );
}
