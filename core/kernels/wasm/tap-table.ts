/** Taps as the fast kernels take them (assembly/real-sums.ts): 64 bits of weight, 32 of offset in bytes, 32 unused. */
export function tapTable(weights: Float64Array, offsetOf: (index: number) => number): Uint8Array {
  const table = new DataView(new ArrayBuffer(weights.length * 16));
  weights.forEach((weight, index) => {
    table.setFloat64(index * 16, weight, true);
    table.setInt32(index * 16 + 8, offsetOf(index), true);
  });
  return new Uint8Array(table.buffer);
}
