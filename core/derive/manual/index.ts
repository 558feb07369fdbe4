/** The whole manual: a page for every operation, and the index that explains how to read them. */

import { operations } from '../../operations';
import { titleOf } from '../../operation/parameter';
import { BOUNDARIES, boundaryIndex, type Boundary } from '../../raster/boundary';
import { code, joined, list, paragraph, table } from './markdown';
import { operationManual, pageName } from './page';
import { sampleOf, type SampleSteps } from './sample';

export { applySteps } from './sample';

export interface ManualPage {
  /** The file's name in docs/operations. */
  readonly name: string;
  readonly text: string;
}

export interface ManualPicture {
  /** The file's name in docs/operations/pictures, without its ending. */
  readonly name: string;
  readonly steps: SampleSteps;
}

const READING = [
  'A picture is rows of pixels, and a pixel is one sample a channel: a gray one, or red, green and blue, and alpha where there is one. A sample is a whole number, its *level*, from 0 (black) to T: 255 in 8-bit pictures, 65,535 in 16-bit ones. Levels are the numbers that lie in the file, after the gamma of sRGB; an operation that works in linear light says so.',
  'Every formula is worked out in double precision and rounded once, half up, at the end: the stored level is ⌊x + ½ + 2⁻²⁰⌋, held between 0 and T. The tiny 2⁻²⁰ sends an exact half up in whatever order the terms were added. Where nothing else is said, the formula holds for each colour channel by itself, and alpha stays as it is.',
  'Tones among the parameters are on the *255 scale* at every depth: 180 means level 180 in an 8-bit picture and 180·257 = 46,260 in a 16-bit one. K is that factor, 1 or 257. So a recipe looks the same whatever picture it meets.',
];

const NOTATION = [
  '`r` or `v` is the sample, `v(x, y)` the sample in column x and row y, counted from 0 at the top left; `R`, `G`, `B` are the colour samples of the pixel.',
  '`W` and `H` are the width and height of the picture, `T` its largest level, `K` its levels to a unit of the 255 scale.',
  '`gaussian(v, σ)` is the unrounded mean of the pixels around, weighted by a bell curve of standard deviation σ.',
  '`V` is max(R, G, B); an operation on V multiplies R, G and B by V′/V and so keeps the hue and the saturation.',
];

/** `b a │ a b c d │ d c`: a row of four and three samples beyond each of its ends. */
function continued(rule: Boundary): string {
  const at = (i: number): string => {
    const index = boundaryIndex(rule, i, 4);
    return index < 0 ? 'k' : 'abcd'.charAt(index);
  };
  const part = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, i) => at(from + i)).join(' ');
  return `${part(-3, 0)} │ ${part(0, 4)} │ ${part(4, 7)}`;
}

const OUTSIDE: Readonly<Record<Boundary, string>> = {
  symmetric: 'mirrored, the last sample repeated',
  reflect: 'mirrored about the last sample',
  replicate: 'the last sample goes on',
  wrap: 'the other side follows',
  constant: 'one tone, the parameter `constant`',
};

function boundarySection(): string {
  return joined([
    '## Beyond the edges',
    'A window at the edge reaches outside. What it finds there is chosen by `boundary`:',
    table(
      ['`boundary`', 'a row `a b c d` continues as', 'in words'],
      BOUNDARIES.map((rule) => [code(rule), code(continued(rule)), OUTSIDE[rule]]),
    ),
    paragraph(
      'A window of n samples reaches ⌊n/2⌋ up and left. For odd n it is centred; for even n it reaches one further up and left than down and right, as scipy has it.',
    ),
  ]);
}

function categorySection(category: string): string {
  const rows = operations
    .filter((operation) => operation.category === category)
    .map(({ id, summary }) => [`[${titleOf(id)}](${pageName(id)}.md)`, code(id), summary]);
  return joined([`## ${category}`, table(['Operation', 'Id', 'What it does'], rows)]);
}

function indexText(): string {
  const categories = [...new Set(operations.map(({ category }) => category))];
  const page = joined([
    '# Operations',
    paragraph(
      `What each of the ${operations.length} operations computes, to the level: formula, parameters, worked examples, a picture, the same in numpy, and where the definition comes from.`,
    ),
    ...categories.map((category) => categorySection(category)),
    '## How to read these pages',
    ...READING.map(paragraph),
    list(NOTATION),
    boundarySection(),
    '---\n\nPrinted from core/operations by `npm run manual`.',
  ]);
  return `${page}\n`;
}

export function manualPages(): readonly ManualPage[] {
  return [
    { name: 'README.md', text: indexText() },
    ...operations.map((operation) => ({
      name: `${pageName(operation.id)}.md`,
      text: operationManual(operation, operations),
    })),
  ];
}

/** What the pictures show; an operation that never changes a picture has none. */
export function manualPictures(): readonly ManualPicture[] {
  return operations.flatMap((operation) => {
    const steps = sampleOf(operation);
    return steps === null ? [] : [{ name: pageName(operation.id), steps }];
  });
}
