/** Pixels to pixels of another layout, byte by byte: a channel more or less, grey as three channels. */

/**
 * Byte j of the output's 16 is byte `order[j]` of the input's 16, or `filling[j]` where the order says 128 or more. Both hold as many
 * whole pixels as fit into 16 bytes of either layout; pixels have `inBytes` and `outBytes`, at most 16. The last ones are done
 * one at a time, so that nothing beyond the pixels is read or written.
 */
export function shufflePixels(
  input: usize,
  output: usize,
  pixels: i32,
  inBytes: i32,
  outBytes: i32,
  order: usize,
  filling: usize,
): void {
  const places = v128.load(order);
  const fill = v128.load(filling);
  const most = 16 / max(inBytes, outBytes);
  const least = min(inBytes, outBytes);
  // A vector of the narrower layout reaches beyond the pixels of one step; as far as it may it does.
  const last = pixels - (16 + least - 1) / least;
  let done: i32 = 0;
  for (; done <= last; done += most) {
    const levels = v128.load(input + ((done * inBytes) as usize));
    v128.store(output + ((done * outBytes) as usize), v128.or(i8x16.swizzle(levels, places), fill));
  }
  for (; done < pixels; done++) {
    for (let j: i32 = 0; j < outBytes; j++) {
      const from = load<u8>(order + (j as usize)) as i32;
      const level =
        from < 128 ? load<u8>(input + ((done * inBytes + from) as usize)) : load<u8>(filling + (j as usize));
      store<u8>(output + ((done * outBytes + j) as usize), level);
    }
  }
}
