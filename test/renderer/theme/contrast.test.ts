/**
 * Every ink can be read on every ground that it stands on, in each theme: WCAG's contrast, 4.5 for text and 3 for the parts of controls. The
 * colours are read from tokens.css, and turned into light as CSS Color 4 defines OKLCH.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { luminance, mixed, oklch, type Light } from '../../support/oklch';

const css = readFileSync('renderer/theme/tokens.css', 'utf8');

/** The colours that a block of the file gives to its names. */
function colours(selector: string): ReadonlyMap<string, { light: Light; alpha: number }> {
  const block = new RegExp(`${selector} \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  const found = block.matchAll(/--([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\);/g);
  return new Map(
    [...found].map(([, name, l, c, h, alpha = '1']) => [
      name,
      { light: oklch(Number(l), Number(c), Number(h)), alpha: Number(alpha) },
    ]),
  );
}

function contrast(a: Light, b: Light): number {
  const [low, high] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

describe.each(['dark', 'light'])('the %s theme', (theme) => {
  const own = colours(`:root\\[data-theme='${theme}'\\]`);
  const light = (name: string): Light => {
    const colour = own.get(name);
    if (colour?.alpha !== 1) throw new Error(`${name} is no opaque colour of the ${theme} theme`);
    return colour.light;
  };
  /** A ground with the tint of what is chosen over it. */
  const tinted = (tint: string, ground: string): Light => {
    const colour = own.get(tint);
    if (colour === undefined) throw new Error(`the ${theme} theme has no ${tint}`);
    return mixed(colour.light, light(ground), colour.alpha);
  };

  it.each(['text', 'text-quiet', 'text-faint', 'accent', 'danger'])(
    '%s can be read on every ground',
    (ink) => {
      for (const ground of ['chrome', 'panel', 'raised', 'field'])
        expect(contrast(light(ink), light(ground)), ground).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(['red', 'green', 'blue'])('%s can be read on panels, fields and chosen channels', (ink) => {
    for (const ground of ['panel', 'raised', 'field'])
      expect(contrast(light(ink), light(ground)), ground).toBeGreaterThanOrEqual(4.5);
    expect(contrast(light(ink), tinted('accent-tint', 'field'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['text', 'accent-tint'],
    ['text', 'accent-tint-strong'],
    ['text-quiet', 'accent-tint'],
  ])('%s can be read on what is chosen, with %s', (ink, tint) => {
    for (const ground of ['panel', 'raised', 'field'])
      expect(contrast(light(ink), tinted(tint, ground)), ground).toBeGreaterThanOrEqual(4.5);
  });

  it('words on a button of the accent can be read, also under the pointer', () => {
    for (const ground of ['accent', 'accent-hover', 'accent-press'])
      expect(contrast(light('on-accent'), light(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });

  it('edges of controls, the focus and the thumbs of sliders stand out', () => {
    const thumb = own.has('thumb-edge') ? 'thumb-edge' : 'thumb';
    for (const part of ['edge-strong', 'focus', thumb])
      for (const ground of ['panel', 'raised', 'field'])
        expect(contrast(light(part), light(ground)), `${part} on ${ground}`).toBeGreaterThanOrEqual(3);
  });
});
