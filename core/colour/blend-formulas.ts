/**
 * The blend functions of `blend.ts` as they are read, in LaTeX: the backdrop's colour C_b, the source's C_s, both from 0 to 1 (OPERATIONS.md
 * 11). They stand in the formula of an operation; what is computed is written in `blend.ts`.
 */

import type { BlendMode } from './blend-mode';

const b = 'C_b';
const s = 'C_s';

function cases(whenTrue: string, condition: string, whenFalse: string): string {
  return String.raw`\begin{cases} ${whenTrue} & \text{if } ${condition} \\ ${whenFalse} & \text{otherwise} \end{cases}`;
}

/** Multiplied below the middle of one of the two, screened above it. */
function hardLight(lower: string, upper: string): string {
  return cases(
    String.raw`2 \cdot ${lower} \cdot ${upper}`,
    String.raw`${upper} \le \tfrac{1}{2}`,
    String.raw`1 - 2 \cdot (1 - ${lower}) \cdot (1 - ${upper})`,
  );
}

function called(name: string, ...given: readonly string[]): string {
  return String.raw`\mathrm{${name}}\left(${given.join(', ')}\right)`;
}

export const BLEND_FORMULAS: Readonly<Record<BlendMode, string>> = {
  normal: s,
  multiply: String.raw`${b} \cdot ${s}`,
  screen: String.raw`${b} + ${s} - ${b} \cdot ${s}`,
  overlay: hardLight(s, b),
  darken: String.raw`\min\left(${b}, ${s}\right)`,
  lighten: String.raw`\max\left(${b}, ${s}\right)`,
  colorDodge: cases('0', `${b} = 0`, String.raw`\min\left(1, \frac{${b}}{1 - ${s}}\right)`),
  colorBurn: cases('1', `${b} = 1`, String.raw`1 - \min\left(1, \frac{1 - ${b}}{${s}}\right)`),
  hardLight: hardLight(b, s),
  softLight: cases(
    String.raw`${b} - (1 - 2 \cdot ${s}) \cdot ${b} \cdot (1 - ${b})`,
    String.raw`${s} \le \tfrac{1}{2}`,
    String.raw`${b} + (2 \cdot ${s} - 1) \cdot \left(\mathrm{D}\left(${b}\right) - ${b}\right)`,
  ),
  difference: String.raw`\left| ${b} - ${s} \right|`,
  exclusion: String.raw`${b} + ${s} - 2 \cdot ${b} \cdot ${s}`,
  hue: called('SetLum', called('SetSat', s, called('Sat', b)), called('Lum', b)),
  saturation: called('SetLum', called('SetSat', b, called('Sat', s)), called('Lum', b)),
  color: called('SetLum', s, called('Lum', b)),
  luminosity: called('SetLum', b, called('Lum', s)),
};

type Note = readonly [symbol: string, meaning: string];

const QUALITIES: Note = [
  String.raw`\mathrm{Lum}, \mathrm{Sat}`,
  'Lum is 0.3·R + 0.59·G + 0.11·B, Sat the largest channel minus the smallest; SetLum and SetSat give a colour another',
];

/** What the functions in the formulas are, for those that have any. */
export const BLEND_NOTES: Partial<Readonly<Record<BlendMode, Note>>> = {
  softLight: [String.raw`\mathrm{D}`, 'D(x) is √x, and ((16·x − 12)·x + 4)·x up to a quarter'],
  hue: QUALITIES,
  saturation: QUALITIES,
  color: QUALITIES,
  luminosity: QUALITIES,
};
