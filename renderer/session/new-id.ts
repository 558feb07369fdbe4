/** A random name for a layer, a step or this page: 128 bits in hexadecimal, as the contract's identifiers allow. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
