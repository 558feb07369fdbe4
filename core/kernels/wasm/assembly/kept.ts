/**
 * Numbers that a loop uses on every turn. The compiler that the kernels meet last (V8's) moves the making of a vector to where it is used,
 * into the loop: a splat, a shuffle's mask, even a division is then done anew on every turn, and took half of a box blur's time. What
 * comes out of a variable of the module it has to keep. Each thread has its own, and nothing stays in it.
 */

let place: v128 = i64x2.splat(0);

/** The same vector, made once. To be called outside the loop. */
// @inline
export function kept(vector: v128): v128 {
  place = vector;
  return place;
}
