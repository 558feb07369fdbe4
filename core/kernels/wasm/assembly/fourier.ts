/**
 * The passes of ../../fourier-passes.ts, two sequences with one instruction. Every operation stands there in the same order, so both give the
 * same bits. Lengths and `inner`, `outer`, `radix` are entries of 64 bytes, tables are addresses of doubles.
 */

const SIN_60: f64 = 0.8660254037844386;
const COS_72: f64 = 0.30901699437494745;
const SIN_72: f64 = 0.9510565162951535;
const COS_144: f64 = -0.8090169943749475;
const SIN_144: f64 = 0.5877852522924731;

/** Stores a number turned by the pair at `turn`. */
// @inline
function turned(at: usize, re: v128, im: v128, turn: usize): void {
  const cos = v128.load64_splat(turn);
  const sin = v128.load64_splat(turn, 8);
  v128.store(at, f64x2.sub(f64x2.mul(re, cos), f64x2.mul(im, sin)));
  v128.store(at, f64x2.add(f64x2.mul(im, cos), f64x2.mul(re, sin)), 32);
}

export function fourierPass2(from: usize, to: usize, inner: i32, outer: i32, turns: usize): void {
  const step = (inner as usize) << 6;
  const stride = step * (outer as usize);
  for (let k: i32 = 0; k < outer; k++, from += step) {
    let turn = turns;
    for (let i: i32 = 0; i < inner; i++, from += 64, to += 64, turn += 16) {
      for (let lane: usize = 0; lane < 32; lane += 16) {
        const a = from + lane;
        const b = a + step;
        const c = to + lane;
        const aRe = v128.load(a);
        const aIm = v128.load(a, 32);
        const bRe = v128.load(b);
        const bIm = v128.load(b, 32);
        v128.store(c, f64x2.add(aRe, bRe));
        v128.store(c, f64x2.add(aIm, bIm), 32);
        turned(c + stride, f64x2.sub(aRe, bRe), f64x2.sub(aIm, bIm), turn);
      }
    }
  }
}

export function fourierPass3(from: usize, to: usize, inner: i32, outer: i32, turns: usize): void {
  const step = (inner as usize) << 6;
  const stride = step * (outer as usize);
  const half = f64x2.splat(0.5);
  const sin60 = f64x2.splat(SIN_60);
  for (let k: i32 = 0; k < outer; k++, from += 2 * step) {
    let turn = turns;
    for (let i: i32 = 0; i < inner; i++, from += 64, to += 64, turn += 32) {
      for (let lane: usize = 0; lane < 32; lane += 16) {
        const a = from + lane;
        const b = a + step;
        const c = b + step;
        const o = to + lane;
        const aRe = v128.load(a);
        const aIm = v128.load(a, 32);
        const bRe = v128.load(b);
        const bIm = v128.load(b, 32);
        const cRe = v128.load(c);
        const cIm = v128.load(c, 32);
        const sumRe = f64x2.add(bRe, cRe);
        const sumIm = f64x2.add(bIm, cIm);
        const lessRe = f64x2.mul(f64x2.sub(bRe, cRe), sin60);
        const lessIm = f64x2.mul(f64x2.sub(bIm, cIm), sin60);
        const middleRe = f64x2.sub(aRe, f64x2.mul(sumRe, half));
        const middleIm = f64x2.sub(aIm, f64x2.mul(sumIm, half));
        v128.store(o, f64x2.add(aRe, sumRe));
        v128.store(o, f64x2.add(aIm, sumIm), 32);
        turned(o + stride, f64x2.add(middleRe, lessIm), f64x2.sub(middleIm, lessRe), turn);
        turned(o + 2 * stride, f64x2.sub(middleRe, lessIm), f64x2.add(middleIm, lessRe), turn + 16);
      }
    }
  }
}

export function fourierPass4(from: usize, to: usize, inner: i32, outer: i32, turns: usize): void {
  const step = (inner as usize) << 6;
  const stride = step * (outer as usize);
  for (let k: i32 = 0; k < outer; k++, from += 3 * step) {
    let turn = turns;
    for (let i: i32 = 0; i < inner; i++, from += 64, to += 64, turn += 48) {
      for (let lane: usize = 0; lane < 32; lane += 16) {
        const a = from + lane;
        const b = a + step;
        const c = b + step;
        const d = c + step;
        const o = to + lane;
        const aRe = v128.load(a);
        const aIm = v128.load(a, 32);
        const bRe = v128.load(b);
        const bIm = v128.load(b, 32);
        const cRe = v128.load(c);
        const cIm = v128.load(c, 32);
        const dRe = v128.load(d);
        const dIm = v128.load(d, 32);
        const evenRe = f64x2.add(aRe, cRe);
        const evenIm = f64x2.add(aIm, cIm);
        const oddRe = f64x2.add(bRe, dRe);
        const oddIm = f64x2.add(bIm, dIm);
        const halfRe = f64x2.sub(aRe, cRe);
        const halfIm = f64x2.sub(aIm, cIm);
        const quarterRe = f64x2.sub(bRe, dRe);
        const quarterIm = f64x2.sub(bIm, dIm);
        v128.store(o, f64x2.add(evenRe, oddRe));
        v128.store(o, f64x2.add(evenIm, oddIm), 32);
        turned(o + stride, f64x2.add(halfRe, quarterIm), f64x2.sub(halfIm, quarterRe), turn);
        turned(o + 2 * stride, f64x2.sub(evenRe, oddRe), f64x2.sub(evenIm, oddIm), turn + 16);
        turned(o + 3 * stride, f64x2.sub(halfRe, quarterIm), f64x2.add(halfIm, quarterRe), turn + 32);
      }
    }
  }
}

export function fourierPass5(from: usize, to: usize, inner: i32, outer: i32, turns: usize): void {
  const step = (inner as usize) << 6;
  const stride = step * (outer as usize);
  const cos72 = f64x2.splat(COS_72);
  const sin72 = f64x2.splat(SIN_72);
  const cos144 = f64x2.splat(COS_144);
  const sin144 = f64x2.splat(SIN_144);
  for (let k: i32 = 0; k < outer; k++, from += 4 * step) {
    let turn = turns;
    for (let i: i32 = 0; i < inner; i++, from += 64, to += 64, turn += 64) {
      for (let lane: usize = 0; lane < 32; lane += 16) {
        const a = from + lane;
        const b = a + step;
        const c = b + step;
        const d = c + step;
        const e = d + step;
        const o = to + lane;
        const re = v128.load(a);
        const im = v128.load(a, 32);
        const bRe = v128.load(b);
        const bIm = v128.load(b, 32);
        const eRe = v128.load(e);
        const eIm = v128.load(e, 32);
        const nearRe = f64x2.add(bRe, eRe);
        const nearIm = f64x2.add(bIm, eIm);
        const acrossRe = f64x2.sub(bRe, eRe);
        const acrossIm = f64x2.sub(bIm, eIm);
        const cRe = v128.load(c);
        const cIm = v128.load(c, 32);
        const dRe = v128.load(d);
        const dIm = v128.load(d, 32);
        const farRe = f64x2.add(cRe, dRe);
        const farIm = f64x2.add(cIm, dIm);
        const beyondRe = f64x2.sub(cRe, dRe);
        const beyondIm = f64x2.sub(cIm, dIm);
        v128.store(o, f64x2.add(f64x2.add(re, nearRe), farRe));
        v128.store(o, f64x2.add(f64x2.add(im, nearIm), farIm), 32);
        const oneRe = f64x2.add(f64x2.add(re, f64x2.mul(nearRe, cos72)), f64x2.mul(farRe, cos144));
        const oneIm = f64x2.add(f64x2.add(im, f64x2.mul(nearIm, cos72)), f64x2.mul(farIm, cos144));
        const oneX = f64x2.add(f64x2.mul(acrossRe, sin72), f64x2.mul(beyondRe, sin144));
        const oneY = f64x2.add(f64x2.mul(acrossIm, sin72), f64x2.mul(beyondIm, sin144));
        turned(o + stride, f64x2.add(oneRe, oneY), f64x2.sub(oneIm, oneX), turn);
        turned(o + 4 * stride, f64x2.sub(oneRe, oneY), f64x2.add(oneIm, oneX), turn + 48);
        const twoRe = f64x2.add(f64x2.add(re, f64x2.mul(nearRe, cos144)), f64x2.mul(farRe, cos72));
        const twoIm = f64x2.add(f64x2.add(im, f64x2.mul(nearIm, cos144)), f64x2.mul(farIm, cos72));
        const twoX = f64x2.sub(f64x2.mul(acrossRe, sin144), f64x2.mul(beyondRe, sin72));
        const twoY = f64x2.sub(f64x2.mul(acrossIm, sin144), f64x2.mul(beyondIm, sin72));
        turned(o + 2 * stride, f64x2.add(twoRe, twoY), f64x2.sub(twoIm, twoX), turn + 16);
        turned(o + 3 * stride, f64x2.sub(twoRe, twoY), f64x2.add(twoIm, twoX), turn + 32);
      }
    }
  }
}

/** Any odd radix; its roots of unity, a pair each, stand at `roots`. */
export function fourierPassOdd(
  from: usize,
  to: usize,
  radix: i32,
  inner: i32,
  outer: i32,
  turns: usize,
  roots: usize,
): void {
  const step = (inner as usize) << 6;
  const stride = step * (outer as usize);
  const half = (radix - 1) >> 1;
  const others = (radix - 1) as usize;
  for (let k: i32 = 0; k < outer; k++, from += others * step) {
    let turn = turns;
    for (let i: i32 = 0; i < inner; i++, from += 64, to += 64, turn += others << 4) {
      for (let lane: usize = 0; lane < 32; lane += 16) {
        const first = from + lane;
        const target = to + lane;
        const firstRe = v128.load(first);
        const firstIm = v128.load(first, 32);
        let re = firstRe;
        let im = firstIm;
        for (let j: i32 = 1, at = first + step; j < radix; j++, at += step) {
          re = f64x2.add(re, v128.load(at));
          im = f64x2.add(im, v128.load(at, 32));
        }
        v128.store(target, re);
        v128.store(target, im, 32);
        for (let q: i32 = 1; q <= half; q++) {
          let evenRe = firstRe;
          let evenIm = firstIm;
          let oddRe = f64x2.splat(0);
          let oddIm = oddRe;
          let near = first + step;
          let far = first + others * step;
          let power = q;
          for (let j: i32 = 1; j <= half; j++, near += step, far -= step) {
            const root = roots + ((power as usize) << 4);
            const cos = v128.load64_splat(root);
            const sin = v128.load64_splat(root, 8);
            const nearRe = v128.load(near);
            const nearIm = v128.load(near, 32);
            const farRe = v128.load(far);
            const farIm = v128.load(far, 32);
            evenRe = f64x2.add(evenRe, f64x2.mul(f64x2.add(nearRe, farRe), cos));
            evenIm = f64x2.add(evenIm, f64x2.mul(f64x2.add(nearIm, farIm), cos));
            oddRe = f64x2.add(oddRe, f64x2.mul(f64x2.sub(nearRe, farRe), sin));
            oddIm = f64x2.add(oddIm, f64x2.mul(f64x2.sub(nearIm, farIm), sin));
            power += q;
            if (power >= radix) power -= radix;
          }
          const other = (radix - q) as usize;
          const one = q as usize;
          turned(
            target + one * stride,
            f64x2.sub(evenRe, oddIm),
            f64x2.add(evenIm, oddRe),
            turn + ((one - 1) << 4),
          );
          turned(
            target + other * stride,
            f64x2.add(evenRe, oddIm),
            f64x2.sub(evenIm, oddRe),
            turn + ((other - 1) << 4),
          );
        }
      }
    }
  }
}
