import { definePoint } from '../operation/define';

/** OPERATIONS.md 12b. Distances are counted in half diagonals, so 1 is the corner. */
export const vignette = definePoint({
  id: 'vignette',
  summary: 'Darkens or lightens the picture towards its corners.',
  description:
    'Multiplies every pixel by a factor that goes smoothly from 1 in the middle to its full effect outside. Distances are counted in half diagonals, so it fits every format, and 1 is the corner. Below 0 it leads the eye inwards; above 0 it makes up for a lens that darkens the corners, though what is black there stays black. In smooth skies of 8 bit the slope can show as bands; a little noise hides them.',
  sample: { values: { amount: -80, radius: 0.7 } },
  related: ['addNoise'],
  category: 'Photography',
  keywords: ['corners', 'edges', 'falloff', 'lens'],
  parameters: {
    amount: {
      kind: 'number',
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      help: 'Below 0 the corners become darker, at −100 black; above 0 lighter.',
    },
    radius: {
      kind: 'number',
      min: 0,
      max: 2,
      step: 0.01,
      slider: [0, 1.5],
      default: 0.75,
      help: 'How far from the middle it has half its strength; 1 is the corner.',
    },
    softness: {
      kind: 'number',
      min: 0.01,
      max: 1,
      step: 0.01,
      default: 0.4,
      help: 'How far it reaches to both sides of the radius.',
    },
  },
  formula: () =>
    'dx = x + 0.5 - W/2; dy = y + 0.5 - H/2; d = sqrt(dx*dx + dy*dy)/(0.5*sqrt(W*W + H*H)); ' +
    't = clamp((d - (radius - softness))/(2*softness), 0, 1); r*(1 + amount/100*t*t*(3 - 2*t))',
  identity: { amount: 0 },
  examples: [
    {
      values: { amount: -100, radius: 0.5, softness: 0.5 },
      shape: { width: 3, height: 3, channels: 1, depth: 8 },
      input: [200, 200, 200, 200, 200, 200, 200, 200, 200],
      output: [52, 109, 52, 109, 200, 109, 52, 109, 52],
    },
  ],
  sources: ['Khronos, GLSL: smoothstep'],
});
