/** OKLCH as CSS Color 4 defines it, for tests that look at the colours of a stylesheet. */

/** Linear red, green and blue of sRGB, 0 … 1 each. */
export type Light = readonly [number, number, number];

/** `lightness` 0 … 1, `hue` in degrees. What sRGB does not hold is cut off. */
export function oklch(lightness: number, chroma: number, hue: number): Light {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    within(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    within(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    within(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** `over` with this alpha on `ground`; browsers mix what is encoded. */
export function mixed(over: Light, ground: Light, alpha: number): Light {
  const mix = (at: 0 | 1 | 2): number =>
    decoded(encoded(over[at]) * alpha + encoded(ground[at]) * (1 - alpha));
  return [mix(0), mix(1), mix(2)];
}

/** Relative luminance, as WCAG's contrast wants it. */
export function luminance([red, green, blue]: Light): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function encoded(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

function decoded(level: number): number {
  return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
}
