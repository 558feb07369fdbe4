import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPayload, dispatch, parseRequest } from '../../../core/protocol/gate';
import { callSchemas, type CallName, type Handlers } from '../../../core/protocol/contract';
import { isKept } from '../../../core/operation/kept';
import { fail, succeed } from '../../../core/raster/fault';
import { Cancelled } from '../../../core/raster/signal';
import { at, goodMessages, placesIn, withChange } from './messages';

const reached: string[] = [];

/** Handlers that only note that they were reached: none of these tests wants any of them to be. */
const handlers = Object.fromEntries(
  Object.keys(callSchemas).map((name) => [
    name,
    () => {
      reached.push(name);
      return Promise.resolve(succeed({}));
    },
  ]),
) as unknown as Handlers<null>;

const send = (name: unknown, payload: unknown, using = handlers) => {
  const complaints: unknown[] = [];
  return dispatch(using, null, name, payload, (error) => complaints.push(error)).then((answer) => ({
    answer,
    complaints,
  }));
};

/** So deep that a checker which recurses would exhaust its stack. */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const notJson: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  10n,
  Symbol('s'),
  () => 1,
  new Date(0),
  new Map(),
  new Uint8Array(3),
  /x/,
  new (class Custom {
    document = 'd';
  })(),
  nested(100_000),
  Array.from({ length: 700_000 }, () => 0),
  'x'.repeat(10_000),
  new Array(4_000_000_000 - 1),
];

/** Calls for which an empty object is a good payload. */
const takeNothing: ReadonlySet<unknown> = new Set(
  goodMessages.flatMap(({ name, payload }) => (Object.keys(payload).length === 0 ? [name] : [])),
);

const hostileKeys = ['__proto__', 'constructor', 'prototype'] as const;

function withKey(part: unknown, key: string): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return { [key]: 1 };
  return Object.defineProperty({ ...part }, key, { value: { polluted: true }, enumerable: true });
}

/** What a place of another type may hold: never what stands there now. */
function ofAnotherType(part: unknown): readonly unknown[] {
  const all: readonly unknown[] = [true, 'text that is no id!', 12.5, -1e9, [], [1, 'a'], {}, { a: 1 }, null];
  const kind = (value: unknown): string =>
    Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
  return all.filter((value) => kind(value) !== kind(part));
}

const spoilers: readonly ((part: unknown, choice: number) => unknown)[] = [
  (part, choice) => ofAnotherType(part)[choice % ofAnotherType(part).length],
  (_, choice) => notJson[choice % notJson.length],
  (part, choice) => withKey(part, hostileKeys[choice % hostileKeys.length]),
];

/** Good messages, and those spoilt in one place. */
const spoilt = fc
  .record({
    message: fc.constantFrom(...goodMessages),
    place: fc.nat(),
    spoiler: fc.nat(),
    choice: fc.nat(),
  })
  .map(({ message, place, spoiler, choice }) => {
    const places = placesIn(message.payload);
    const path = places[place % places.length];
    const spoil = spoilers[spoiler % spoilers.length];
    return { message, path, payload: withChange(message.payload, path, (part) => spoil(part, choice)) };
  });

describe('the gate', () => {
  it.each(goodMessages)('lets a good $name through unchanged', ({ name, payload }) => {
    expect(checkPayload(name, payload)).toEqual(succeed(payload));
  });

  it('knows a good message of every call', () => {
    const known = new Set<CallName>(goodMessages.map(({ name }) => name));
    expect([...known].sort()).toEqual(Object.keys(callSchemas).sort());
  });

  it('refuses every message that is spoilt in one place, with a fault that is one short line', async () => {
    reached.length = 0;
    await fc.assert(
      fc.asyncProperty(spoilt, async ({ message, path, payload }) => {
        // What may hold values of two types is no spoilt place.
        fc.pre(!(path.at(-1) === 'profile' && at(payload, path) === null));
        fc.pre(!(path.at(-1) === 'selection' && at(payload, path) === null));
        fc.pre(!(path.at(-1) === 'measured' && isKept(at(payload, path))));
        fc.pre(!(message.name === 'edit.hold' && path.at(-1) === 'step' && at(payload, path) === null));
        const { answer, complaints } = await send(message.name, payload);
        expect(answer.ok).toBe(false);
        if (answer.ok) return;
        expect(answer.fault.code).toBe('bad-message');
        expect(answer.fault.message.length).toBeLessThan(600);
        expect(answer.fault.message).not.toContain('\n');
        expect(complaints).toEqual([]);
      }),
      { numRuns: 20_000 },
    );
    expect(reached).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('refuses a message that lacks a field or has one more', async () => {
    for (const { name, payload } of goodMessages) {
      for (const path of placesIn(payload)) {
        const part = at(payload, path);
        if (typeof part === 'object' && part !== null && !Array.isArray(part) && path.at(-1) !== 'params') {
          const more = withChange(payload, path, (value) => ({ ...(value as object), extra: 1 }));
          expect((await send(name, more)).answer.ok).toBe(false);
        }
      }
      for (const field of Object.keys(payload)) {
        const less = withChange(payload, [field], () => undefined);
        expect((await send(name, less)).answer.ok).toBe(false);
      }
    }
  });

  it('refuses whatever else is sent, under any name', async () => {
    reached.length = 0;
    const names = fc.oneof(
      fc.constantFrom(
        ...Object.keys(callSchemas),
        '__proto__',
        'constructor',
        'toString',
        'hasOwnProperty',
        '',
      ),
      fc.anything(),
    );
    const payloads = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withTypedArray: true,
      withNullPrototype: true,
    });
    await fc.assert(
      fc.asyncProperty(names, payloads, async (name, payload) => {
        const isEmpty =
          typeof payload === 'object' && payload !== null && Reflect.ownKeys(payload).length === 0;
        fc.pre(!(takeNothing.has(name) && isEmpty));
        const { answer } = await send(name, payload);
        expect(answer).toMatchObject({ ok: false, fault: { code: 'bad-message' } });
      }),
      { numRuns: 10_000 },
    );
    expect(reached).toEqual([]);
  });

  it('names the place and the call', () => {
    const payload = {
      document: 'd',
      generation: 1,
      command: { type: 'layer.opacity', time: 1, layer: 'l', opacity: 3 },
    };
    const checked = checkPayload('edit.commit', payload);
    expect(checked).toMatchObject({
      ok: false,
      fault: { message: expect.stringContaining('edit.commit: command.opacity') },
    });
  });

  it('answers a handler that breaks with a fault, and tells of it', async () => {
    const broken = { ...handlers, 'app.hello': () => Promise.reject(new Error('a bug')) };
    const { answer, complaints } = await send('app.hello', {}, broken);
    expect(answer).toMatchObject({ ok: false, fault: { code: 'crashed' } });
    expect(complaints).toEqual([new Error('a bug')]);
  });

  it('takes a cancelled handler for no error', async () => {
    const cancelled = { ...handlers, 'app.hello': () => Promise.reject(new Cancelled()) };
    const { answer, complaints } = await send('app.hello', {}, cancelled);
    expect(answer).toEqual(fail('refused', 'cancelled'));
    expect(complaints).toEqual([]);
  });
});

describe('a request over a wire', () => {
  it('is read where it is complete', () => {
    const text = '{"id":1,"call":"app.hello","payload":{}}';
    expect(parseRequest(text)).toEqual(succeed({ id: 1, call: 'app.hello', payload: {} }));
  });

  it.each([
    '',
    'null',
    '[]',
    '7',
    '{"id":1,"call":"x"}',
    '{"id":0,"call":"x","payload":{}}',
    '{"id":1.5,"call":"x","payload":{}}',
    '{"id":"1","call":"x","payload":{}}',
    '{"id":1,"call":2,"payload":{}}',
    '{"id":1,"call":"x","payload":{},"more":1}',
    '{"id":1e999,"call":"x","payload":{}}',
    '{"__proto__":{"id":1,"call":"x","payload":{}}}',
    '['.repeat(100_000),
  ])('is refused otherwise: %.60s', (text) => {
    expect(parseRequest(text)).toMatchObject({ ok: false, fault: { code: 'bad-message' } });
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        parseRequest(text);
      }),
      { numRuns: 5_000 },
    );
  });
});
