/**
 * The manual's page of one operation, as Markdown, printed from its definition alone. It is the same text wherever it is printed, so
 * that `npm run check` can hold the pages that lie in docs/operations against it.
 */

import type { Application as Step } from '../../document/step-check';
import { expectationOf } from '../../operation/expectation';
import { namedKernels } from '../../operation/named-kernels';
import type { AnyValues, Operation } from '../../operation/operation';
import {
  defaultOf,
  titleOf,
  type GivenValues,
  type Matrix,
  type NumberParameter,
  type Parameter,
} from '../../operation/parameter';
import { latexLines } from '../latex';
import { stepStatement, type WrittenCall } from '../python/call';
import { functionFor } from '../python/functions';
import { importsOf, withNeeds } from '../python/part';
import { typesetFormula } from '../typeset-formula';
import { COLOUR } from '../operation-card';
import { examplesOf } from './examples';
import { declaredLegend } from './legend';
import { mathematics } from './mathematics';
import { block, code, folded, joined, list, paragraph, table } from './markdown';
import { SECOND, sampleValues } from '../../operation/sample-values';
import { argumentOf, givenOf, sampleOf } from './sample';

/** `boxBlur` is `box-blur`: the name of the page and of the picture. */
export function pageName(id: string): string {
  return id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const UNITS: Readonly<Record<NonNullable<NumberParameter['unit']>, string>> = {
  px: 'pixels',
  'cycles/px': 'cycles per pixel',
  level: 'on the 255 scale',
  '%': 'per cent',
  degrees: 'degrees',
  plane: '',
  'quarter turns': '',
};

function picture(operation: Operation): string {
  const sample = sampleOf(operation);
  if (sample === null) return '';
  const { before, application } = sample;
  const argument = argumentOf(application);
  const first = before.length === 0 ? '' : `, after ${before.map(argumentOf).map(code).join(' and ')}`;
  const second = Object.values(application.params).includes(SECOND)
    ? ` The second picture, ${code(SECOND)}, is the same one mirrored.`
    : '';
  return joined([
    `![The sample picture before and after ${titleOf(operation.id)}](pictures/${pageName(operation.id)}.webp)`,
    paragraph(`Left, the sample picture${first}; right, what ${code(argument)} makes of it.${second}`),
  ]);
}

function formulaSection(operation: Operation): string {
  const values = sampleValues(operation);
  if (operation.kind === 'point' || operation.kind === 'global') {
    return joined(['## Formula', mathematics(operation, values)]);
  }
  const given = Object.entries(givenOf(operation, values)).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const lead = given.length === 0 ? '' : `With ${given.join(', ')}:`;
  const formula = typesetFormula(operation, values, COLOUR);
  return joined([
    '## Formula',
    lead,
    block('math', latexLines(formula.equations)),
    list(declaredLegend(operation, formula)),
  ]);
}

function shownValue(value: unknown): string {
  return code(typeof value === 'string' ? value : JSON.stringify(value));
}

function acceptedText(parameter: Parameter): string {
  const unit = 'unit' in parameter && parameter.unit !== undefined ? UNITS[parameter.unit] : '';
  const { kind } = parameter;
  const text =
    kind === 'choice' || kind === 'choices'
      ? parameter.choices.map(code).join(', ')
      : kind === 'kernel'
        ? `a name from the table below, or a matrix of at most ${parameter.largest} × ${parameter.largest} numbers`
        : expectationOf(parameter);
  const any = kind === 'choices' ? 'any of ' : '';
  return `${any}${text}${unit === '' ? '' : `; ${unit}`}`;
}

function presetText(name: string, parameter: Parameter, started: AnyValues): string {
  const preset = defaultOf(parameter);
  if (preset === null && parameter.kind === 'pictureNumber') return parameter.automatic;
  if (preset === null && parameter.kind === 'divisor') return 'the kernel’s own';
  if (preset === null) return 'none';
  if (preset !== undefined) return shownValue(preset);
  return parameter.kind === 'source' ? 'required' : `required, such as ${shownValue(started[name])}`;
}

function matrixText(matrix: Matrix): string {
  return code(matrix.map((row) => row.map((each) => String(each).replace('-', '−')).join(' ')).join('; '));
}

function stepsText(steps: readonly { readonly id: string; readonly params?: GivenValues }[]): string {
  return steps.map(({ id, params }) => code(argumentOf({ id, params: params ?? {} }))).join(', then ');
}

/** Matrices and lists of steps that have a name, for the parameters that know some. */
function presetTables(parameters: readonly Parameter[]): readonly string[] {
  return parameters.flatMap((parameter) => {
    if (parameter.kind === 'matrix') {
      const rows = Object.entries(parameter.presets).map(([name, matrix]) => [name, matrixText(matrix)]);
      return [table(['Known matrix', 'Rows'], rows)];
    }
    if (parameter.kind === 'steps') {
      const rows = Object.entries(parameter.presets).map(([name, steps]) => [name, stepsText(steps)]);
      return [table(['Known chain', 'Steps'], rows)];
    }
    if (parameter.kind !== 'kernel') return [];
    const rows = Object.entries(namedKernels).flatMap(([name, { matrix, divisor }]) =>
      parameter.names.includes(name) ? [[code(name), matrixText(matrix), String(divisor)]] : [],
    );
    return [table(['Kernel', 'Rows', 'Divisor'], rows)];
  });
}

function parameterSection(operation: Operation): string {
  const entries = Object.entries(operation.parameters);
  if (entries.length === 0) return joined(['## Parameters', 'None.']);
  const started = sampleValues(operation);
  const rows = entries.map(([name, parameter]) => [
    `**${titleOf(name)}** ${code(name)}`,
    acceptedText(parameter),
    presetText(name, parameter, started),
    parameter.help,
  ]);
  const boundary = entries.some(([name]) => name === 'boundary')
    ? 'What each `boundary` does is drawn in [Beyond the edges](README.md#beyond-the-edges).'
    : '';
  const neutral = Object.entries(operation.identity ?? {}).map(([name, value]) =>
    code(`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`),
  );
  return joined([
    '## Parameters',
    table(['Parameter', 'Values', 'Default', 'What it does'], rows),
    boundary,
    ...presetTables(Object.values(operation.parameters)),
    neutral.length === 0 ? '' : paragraph(`Nothing changes at ${neutral.join(', ')}.`),
  ]);
}

function exampleSection(operation: Operation): string {
  if (operation.examples.length === 0) return '';
  return joined(['## Examples', examplesOf(operation)]);
}

/** What a script writes for the step of the picture. */
function pythonStatement(operation: Operation): WrittenCall {
  const step: Step = {
    operation: operation.id,
    params: sampleOf(operation)?.application.params ?? {},
    enabled: true,
    channels: 'rgb',
    opacity: 1,
    mask: null,
    measured: null,
  };
  const written = stepStatement(step, operation, sampleValues(operation), (name) => name);
  if (!written.ok) throw new Error(written.fault.message);
  return written.value;
}

function pythonSection(operation: Operation): string {
  const own = functionFor(operation);
  if (own === null) return '';
  const { text, needs } = pythonStatement(operation);
  const helpers = withNeeds([own, ...needs]).filter((each) => each !== own);
  const helperText = helpers.map((each) => each.text).join('\n\n\n');
  const inside = block('python', `${importsOf(`${helperText}\n${own.text}`)}\n\n\n${helperText}`);
  return joined([
    '## In numpy',
    'What `npx burnish script` writes for it; `image` has rows, columns and channels, of `uint8` or `uint16`:',
    block('python', `${own.text}\n\n\n${text}`),
    helpers.length === 0 ? '' : folded('The functions that it calls', inside),
  ]);
}

function commandSection(operation: Operation): string {
  const argument = argumentOf(sampleOf(operation)?.application ?? { id: operation.id, params: {} });
  const output = operation.identity !== undefined && sampleOf(operation) === null ? '--json' : '';
  const recipe = {
    burnish: 1,
    operations: [sampleOf(operation)?.application ?? { id: operation.id, params: {} }],
  };
  return joined([
    '## On the command line',
    block(
      'sh',
      [
        `npx burnish apply photo.png -o edited.png --op '${argument}' ${output}`.trimEnd(),
        `npx burnish explain photo.png --at 120,80 --op '${argument}'`,
      ].join('\n'),
    ),
    'In a recipe:',
    block('json', JSON.stringify(recipe)),
  ]);
}

/** An operation names its relatives, and each of them is a relative back. */
function relatedSection(operation: Operation, all: readonly Operation[]): string {
  const relatives = all.filter(
    ({ id, related }) => operation.related?.includes(id) === true || related?.includes(operation.id) === true,
  );
  if (relatives.length === 0) return '';
  const lines = relatives.map(({ id, summary }) => `[${titleOf(id)}](${pageName(id)}.md): ${summary}`);
  return joined(['## Related', list(lines)]);
}

/** The page as it lies in docs/operations. */
export function operationManual(operation: Operation, all: readonly Operation[]): string {
  const { id, category, summary, description, sources } = operation;
  const page = joined([
    `# ${titleOf(id)}`,
    `[Manual](README.md) · ${category} · ${code(id)}`,
    paragraph(summary),
    paragraph(description ?? ''),
    picture(operation),
    formulaSection(operation),
    parameterSection(operation),
    exampleSection(operation),
    pythonSection(operation),
    commandSection(operation),
    relatedSection(operation, all),
    joined(['## Sources', list(sources)]),
    `---\n\nPrinted from core/operations/${pageName(id)}.ts by ${code('npm run manual')}.`,
  ]);
  return `${page}\n`;
}
