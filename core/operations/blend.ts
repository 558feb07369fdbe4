import { BLEND_MODES } from '../colour/blend-mode';
import { BLEND_FORMULAS, BLEND_NOTES } from '../colour/blend-formulas';
import { defineBlend } from '../operation/define';

/** OPERATIONS.md 11: the formula lives in core/colour, where layers are composed by it too. */
export const blend = defineBlend({
  id: 'blend',
  summary: 'Composes a second picture of the same size over this one.',
  description:
    'Multiply darkens, as two slides laid on each other; screen lightens, as two projectors; overlay does each where the picture is already dark or light. Difference is black where two pictures agree, so it is the way to compare them. Hue, saturation, color and luminosity take that one quality from the second picture. The formulas are those of the W3C, on the stored values, the same by which layers are composed. The second picture has the same size and depth; its alpha counts, and a picture without alpha gains none.',
  sample: { values: { mode: 'screen' } },
  related: ['maskReplace', 'channelMixer'],
  category: 'Composition',
  keywords: ['overlay', 'composite', 'multiply', 'screen', 'layer', 'double exposure', 'mix'],
  parameters: {
    source: { kind: 'source', help: 'The picture that is laid over this one; it has the same size.' },
    mode: {
      kind: 'choice',
      choices: BLEND_MODES,
      default: 'normal',
      help: 'How the colours of the two pictures are combined.',
    },
    opacity: {
      kind: 'number',
      min: 0,
      max: 1,
      step: 0.01,
      default: 1,
      help: 'How much of the second picture is seen; 0 changes nothing.',
    },
  },
  mode: ({ mode }) => mode,
  opacity: ({ opacity }) => opacity,
  source: ({ source }) => source,
  formula: ({ mode }) =>
    `Co = [αs·(1 − αb)·Cs + αs·αb·B(Cb, Cs) + (1 − αs)·αb·Cb] / αo, αo = αs + αb·(1 − αs), B: ${mode}`,
  typeset: ({ mode }) => {
    const note = BLEND_NOTES[mode];
    const over = String.raw`\alpha_s \cdot (1 - \alpha_b) \cdot C_s + \alpha_s \cdot \alpha_b \cdot B_{bs} + (1 - \alpha_s) \cdot \alpha_b \cdot C_b`;
    return {
      equations: [
        ['s', String.raw`\frac{T}{\alpha_o} \cdot \left(${over}\right)`],
        ['B_{bs}', BLEND_FORMULAS[mode]],
        [String.raw`\alpha_o`, String.raw`\alpha_s + \alpha_b \cdot (1 - \alpha_s)`],
      ],
      where: [
        [String.raw`C_b, \alpha_b`, 'this picture’s sample and alpha, from 0 to 1'],
        [String.raw`C_s, \alpha_s`, 'the second picture’s, its alpha times the opacity'],
        ['B_{bs}', `the blend mode ${mode}`],
        ...(note === undefined ? [] : [note]),
      ],
    };
  },
  identity: { opacity: 0 },
  // In examples the second picture is the first one.
  examples: [
    { values: { source: 'second', mode: 'multiply' }, input: [0, 128, 255], output: [0, 64, 255] },
    { values: { source: 'second', mode: 'screen' }, input: [0, 128, 255], output: [0, 192, 255] },
    { values: { source: 'second', mode: 'difference' }, input: [0, 128, 255], output: [0, 0, 0] },
  ],
  sources: ['W3C, Compositing and Blending Level 1'],
});
