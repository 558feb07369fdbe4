import { definePoint } from '../operation/define';

/** OPERATIONS.md 12b. On the value, so that hue and saturation stay (2.3); black and white are fixed points. */
export const shadowsHighlights = definePoint({
  id: 'shadowsHighlights',
  summary: 'Opens up or deepens the shadows, and holds back or lifts the highlights.',
  description:
    'Two gentle bumps are added to the tone curve, one that is highest a quarter of the way up from black, one a quarter below white; black and white stay. The brightest channel V follows the curve and the others are scaled with it, so hue and saturation remain. No neighbourhood is looked at: there are no halos, but the contrast within the shadows becomes a little flatter as they open, and their noise comes up. Clarity afterwards gives some of it back.',
  sample: { values: { shadows: 90, highlights: -50 } },
  related: ['clarity', 'gamma'],
  category: 'Photography',
  keywords: [
    'shadows/highlights',
    'shadows and highlights',
    'fill light',
    'recovery',
    'tone',
    'dynamic range',
  ],
  parameters: {
    shadows: {
      kind: 'number',
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      help: 'Above 0 the dark tones become lighter, below 0 darker.',
    },
    highlights: {
      kind: 'number',
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      help: 'Below 0 the light tones become darker, above 0 lighter.',
    },
  },
  // Opening shadows and holding back highlights work twice as strongly as their opposites.
  formula: () =>
    'V = max(R, G, B); p = V/T; ' +
    'lifted = shadows/100*(shadows > 0 ? 2 : 1)*p*(1 - p)^3; ' +
    'pulled = highlights/100*(highlights < 0 ? 2 : 1)*p^3*(1 - p); ' +
    'newV = T*clamp(p + lifted + pulled, 0, 1); V == 0 ? newV : r*newV/V',
  identity: { shadows: 0, highlights: 0 },
  examples: [
    { values: { shadows: 100 }, input: [0, 51, 128, 255], output: [0, 103, 160, 255] },
    { values: { highlights: -100 }, input: [0, 128, 204, 255], output: [0, 96, 152, 255] },
  ],
  sources: ['Burnish: polynomials that leave black and white where they are'],
});
