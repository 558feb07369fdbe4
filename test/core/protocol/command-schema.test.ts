import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Command, Opening } from '../../../core/document/command';
import { append, current } from '../../../core/document/log';
import { logToRecords, type LogRecord } from '../../../core/document/log-records';
import { commandSchema, logRecordSchema, openingSchema } from '../../../core/protocol/command-schema';
import { commandFor, dice } from '../document/commands-arbitrary';
import { opening, sampleLog, source, step } from '../document/sample';

const time = 1_700_000_000_000;
const set = { type: 'step.set', time, owner: 'l', step: 's', params: { gamma: 2 } };

function accepts(value: unknown): boolean {
  return v.safeParse(commandSchema, value).success;
}

function written(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** One command of each type. */
const commands: readonly Command[] = [
  { type: 'layer.add', time, layer: 'm', source: source('b'), name: 'Sky', index: 1 },
  { type: 'layer.duplicate', time, layer: 'l', copy: 'm', steps: ['t', 'u'] },
  { type: 'layer.remove', time, layer: 'l' },
  { type: 'layer.move', time, layer: 'l', index: 0 },
  { type: 'layer.rename', time, layer: 'l', name: 'Sky' },
  { type: 'layer.show', time, layer: 'l', visible: false },
  { type: 'layer.opacity', time, layer: 'l', opacity: 0.5 },
  { type: 'layer.mode', time, layer: 'l', mode: 'colorDodge' },
  { type: 'step.add', time, owner: 'l', step: step('s', 'gamma', { gamma: 2 }), index: 0 },
  { type: 'step.add', time, owner: 'canvas', step: step('s', 'blend'), index: 0, source: source('b') },
  { type: 'step.remove', time, owner: 'l', step: 's' },
  { type: 'step.move', time, owner: 'l', step: 's', index: 3 },
  {
    type: 'step.set',
    time,
    owner: 'l',
    step: 's',
    params: { kernel: [[0, -1.5, 0]], divisor: null, boundary: 'wrap' },
  },
  { type: 'step.enable', time, owner: 'canvas', step: 's', enabled: true },
  { type: 'step.limit', time, owner: 'l', step: 's', channels: 'luma', opacity: 1 },
  { type: 'step.limit', time, owner: 'l', step: 's' },
  {
    type: 'recipe.apply',
    time,
    owner: 'l',
    name: '',
    steps: [step('s', 'negative')],
    index: 0,
    sources: [source('b')],
  },
  { type: 'document.depth', time, depth: 16 },
];

describe('the check of commands', () => {
  it('has exactly the type of commands', () => {
    expectTypeOf<v.InferOutput<typeof commandSchema>>().toEqualTypeOf<Command>();
    expectTypeOf<v.InferOutput<typeof openingSchema>>().toEqualTypeOf<Opening>();
    expectTypeOf<v.InferOutput<typeof logRecordSchema>>().toEqualTypeOf<LogRecord>();
  });

  it.each(commands)('takes $type as it is', (command) => {
    const wired: unknown = JSON.parse(JSON.stringify(command));
    expect(v.parse(commandSchema, wired)).toEqual(command);
  });

  it('takes every command that the laws are tried with', () => {
    fc.assert(
      fc.property(fc.array(dice, { minLength: 1, maxLength: 30, size: 'max' }), (rolls) => {
        let log = sampleLog();
        for (const [number, roll] of rolls.entries()) {
          const command = commandFor(current(log), number, roll);
          expect(v.parse(commandSchema, structuredClone(command))).toEqual(command);
          const result = append(log, command);
          if (result.ok) log = result.value;
        }
        for (const record of logToRecords(log))
          expect(v.parse(logRecordSchema, structuredClone(record))).toEqual(record);
      }),
    );
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'layer.remove'],
    ['a list', [set]],
    ['an instance of a class', Object.assign(new (class Sneaky {})(), set)],
    ['no type', { time, layer: 'l' }],
    ['an unknown type', { ...set, type: 'step.explode' }],
    ['an inherited type', { ...set, type: 'toString' }],
    ['an opening, which only the host makes', opening()],
    ['a missing field', { type: 'layer.move', time, layer: 'l' }],
    ['a field too many', { ...set, force: true }],
    ['a field that is undefined', { type: 'step.limit', time, owner: 'l', step: 's', opacity: undefined }],
    ['no time', { ...set, time: undefined }],
    ['a time before 1970', { ...set, time: -1 }],
    ['a fraction of time', { ...set, time: 0.5 }],
    ['a time beyond all calendars', { ...set, time: 1e300 }],
    ['an empty id', { ...set, step: '' }],
    ['an id with a path', { ...set, step: '../s' }],
    ['an id with a line break', { ...set, step: 's\n' }],
    ['a very long id', { ...set, step: 's'.repeat(65) }],
    ['an id that is a number', { ...set, step: 3 }],
    ['params of text', { ...set, params: 'gamma=2' }],
    ['params as a list', { ...set, params: [2] }],
    ['params null', { ...set, params: null }],
    ['params as a map', { ...set, params: new Map([['gamma', 2]]) }],
    ['NaN in params', { ...set, params: { gamma: NaN } }],
    ['infinity in params', { ...set, params: { kernel: [[Infinity]] } }],
    ['a date in params', { ...set, params: { gamma: new Date(0) } }],
    ['bytes in params', { ...set, params: { kernel: new Uint8Array(4) } }],
    ['a prototype in params', { ...set, params: JSON.parse('{"__proto__": {"polluted": true}}') }],
    ['a prototype in the command', JSON.parse(`{"__proto__": {}, ${JSON.stringify(set).slice(1)}`)],
    ['a constructor in the command', { ...set, ...Object.fromEntries([['constructor', 1]]) }],
    ['a constructor in params', { ...set, params: Object.fromEntries([['constructor', 1]]) }],
    [
      'deep nesting in params',
      { ...set, params: { kernel: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) } },
    ],
    [
      'half a million values in params',
      { ...set, params: { kernel: Array.from({ length: 500_001 }, () => 0) } },
    ],
    ['a very long text in params', { ...set, params: { source: 'x'.repeat(5000) } }],
    ['a very long name in params', { ...set, params: { ['x'.repeat(5000)]: 1 } }],
    ['an index below 0', { type: 'layer.move', time, layer: 'l', index: -1 }],
    ['a fraction as index', { type: 'layer.move', time, layer: 'l', index: 0.5 }],
    ['a huge index', { type: 'layer.move', time, layer: 'l', index: 1e9 }],
    ['an opacity above 1', { type: 'layer.opacity', time, layer: 'l', opacity: 1.01 }],
    ['an opacity that is NaN', { type: 'layer.opacity', time, layer: 'l', opacity: NaN }],
    ['an opacity of text', { type: 'layer.opacity', time, layer: 'l', opacity: '1' }],
    ['an unknown blend mode', { type: 'layer.mode', time, layer: 'l', mode: 'plus' }],
    ['a depth of 32', { type: 'document.depth', time, depth: 32 }],
    ['visible as 1', { type: 'layer.show', time, layer: 'l', visible: 1 }],
    ['a very long name', { type: 'layer.rename', time, layer: 'l', name: 'x'.repeat(256) }],
    ['a step without params', { ...commands[8], step: { ...step('s', 'gamma'), params: undefined } }],
    ['a step with a field too many', { ...commands[8], step: { ...step('s', 'gamma'), mask: 'm' } }],
    ['unknown channels', { ...commands[8], step: { ...step('s', 'gamma'), channels: 'a' } }],
    ['a source named by a path', { ...commands[0], source: source('b', { id: '/etc/passwd' }) }],
    ['a source without size', { ...commands[0], source: { ...source('b'), width: 0 } }],
    ['a source of five channels', { ...commands[0], source: { ...source('b'), channels: 5 } }],
    ['too many new ids', { ...commands[1], steps: Array.from({ length: 10_001 }, (_, at) => `s${at}`) }],
  ])('refuses %s', (_, value) => {
    expect(accepts(value)).toBe(false);
  });

  it('says what is wrong and where', () => {
    const said = (value: unknown): string | undefined =>
      v.safeParse(commandSchema, value).issues?.[0].message;
    expect(said({ ...set, params: { gamma: NaN } })).toBe('params.gamma: not a finite number');
    expect(said({ ...set, step: '../s' })).toBe('expected an id');
  });

  it('refuses whatever is put in place of a field, unless it is another good value', () => {
    const wrong: fc.Arbitrary<unknown> = fc.oneof(
      fc.constantFrom(
        null,
        undefined,
        NaN,
        Infinity,
        -1,
        0.5,
        1e9,
        '',
        '..',
        true,
        [],
        {},
        () => 0,
        Symbol('s'),
      ),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...commands), fc.nat(), wrong, (command, at, value) => {
        const names = Object.keys(command);
        const mutant: Record<string, unknown> = { ...command, [names[at % names.length]]: value };
        const result = v.safeParse(commandSchema, mutant);
        // Whatever passes is plain JSON, unchanged, and of the type that it says. JSON writes −0 as 0.
        if (result.success) expect(written(result.output)).toEqual(written(mutant));
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses commands with a field taken away or added', () => {
    const optional = new Set(['source', 'channels', 'opacity']);
    fc.assert(
      fc.property(
        fc.constantFrom(...commands),
        fc.nat(),
        fc.string({ minLength: 1 }),
        (command, at, extra) => {
          const names = Object.keys(command);
          const gone = names[at % names.length];
          const rest = Object.fromEntries(Object.entries(command).filter(([name]) => name !== gone));
          expect(accepts(rest)).toBe(optional.has(gone) && command.type.startsWith('step.'));
          if (!names.includes(extra) && !optional.has(extra))
            expect(accepts({ ...command, [extra]: 0 })).toBe(false);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('leaves prototypes as they are', () => {
    v.safeParse(commandSchema, { ...set, params: JSON.parse('{"__proto__": {"polluted": true}}') });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('the check of records', () => {
  it.each<[string, unknown]>([
    ['a record of nothing', {}],
    [
      'a record of both kinds',
      { entry: 0, parent: null, text: '', action: '', command: opening(), current: 0, tip: 0 },
    ],
    ['an entry below 0', { entry: -1, parent: null, text: '', action: '', command: opening() }],
    ['an entry without words', { entry: 0, parent: null, command: opening() }],
    ['joined as false', { entry: 1, parent: 0, joined: false, text: '', action: '', command: set }],
    ['a bad command', { entry: 1, parent: 0, text: '', action: '', command: { ...set, time: NaN } }],
    ['half a position', { current: 0 }],
    ['a position between entries', { current: 0.5, tip: 1 }],
  ])('refuses %s', (_, value) => {
    expect(v.safeParse(logRecordSchema, value).success).toBe(false);
  });
});
