// Every lesson is played against the real host, engine and codec, with the commands that the page would give: its numbers are so, its task is
// not done when it begins, and is done by what "Show me" does.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movesBetween } from '../../../core/derive/lesson/moves';
import { pagesOf, type Fact, type Lesson } from '../../../core/derive/lesson/lesson';
import { PLAIN_STEP, type Document } from '../../../core/document/document';
import { withoutStacks } from '../../../core/document/document';
import type { Application } from '../../../core/document/step-check';
import { readNumber, withStack } from '../../../core/node/lessons/check-task';
import { readLessons } from '../../../core/node/lessons/read-lessons';
import { evaluate } from '../../../core/operation/formula/evaluate';
import { parseFormula } from '../../../core/operation/formula/parse';
import type { DocumentState } from '../../../core/protocol/contract';
import { createSharedRaster } from '../../../core/raster/raster';
import { numbersIn, saidOn, unaccounted } from '../../support/lesson-numbers';
import { sampleDocument } from '../../core/document/sample';
import { startRealHost, type RealHost, type TestPage } from '../support/real-host';

const { lessons, faults } = await readLessons(join(import.meta.dirname, '../../../lessons'));
const RAMP = 'f'.repeat(64);

let real: RealHost;
let page: TestPage;

beforeAll(async () => {
  real = await startRealHost();
  page = real.page();
  const ramp = createSharedRaster({ width: 256, height: 1, channels: 1, depth: 8 });
  ramp.data.set(Array.from({ length: 256 }, (_, level) => level));
  real.engine.addSource(RAMP, ramp);
});

afterAll(async () => {
  expect(real.complaints).toEqual([]);
  await real.stop();
});

async function openSample(sample: string): Promise<DocumentState> {
  const from = page.events.length;
  const { document } = await page.call('sample.open', { sample });
  return page.event('document.changed', (state) => state.document.id === document, from);
}

/** Gives the commands that turn the lowest layer's stack into the wanted one; the document afterwards. */
async function become(document: Document, wanted: readonly Application[]): Promise<Document> {
  const [{ id, stack }] = document.layers;
  let count = 0;
  const prefix = `s${page.next()}`;
  let now = document;
  for (const move of movesBetween(id, stack, wanted, () => `${prefix}-${count++}`)) {
    const from = page.events.length;
    const command = { ...move, time: page.next() * 10_000 };
    await page.call('edit.commit', { document: document.id, generation: page.next(), command });
    now = (await page.event('document.changed', (state) => state.document.id === document.id, from)).document;
  }
  return now;
}

/** What a fact is about, computed. */
async function valueOf(fact: Fact, shown: Document): Promise<number | null> {
  if (fact.kind === 'sum') return evaluate(parseFormula(fact.formula), {});
  if (fact.kind === 'reading')
    return readNumber(real, fact.of === 'page' ? shown : withoutStacks(shown), fact.reading);
  const ramp = sampleDocument({ id: RAMP, width: 256, height: 1, channels: 1 });
  const steps = shown.layers[0].stack.map((step): Application => ({ ...PLAIN_STEP, ...step }));
  return readNumber(real, withStack(ramp, steps), { kind: 'level', at: { x: fact.from, y: 0 }, of: 'luma' });
}

async function isDone(document: Document, lesson: Lesson): Promise<readonly string[]> {
  const { reports } = await page.call('lesson.check', { document: document.id, lesson: lesson.id });
  return reports.filter(({ met }) => !met).map(({ found }) => found);
}

describe('the lessons', () => {
  it('are all there and can all be read', async () => {
    expect(faults).toEqual([]);
    expect(lessons.map(({ id }) => id)).toEqual([
      'pixels-and-channels',
      'negative',
      'log',
      'gamma',
      'contrast-stretching',
      'intensity-slicing',
      'bit-planes',
      'convolution',
      'box-blurs',
      'edges',
      'otsu',
    ]);
    const list = await page.call('learning.list', {});
    expect(list.lessons.map(({ id }) => id)).toEqual(lessons.map(({ id }) => id));
  });
});

describe('a sample picture', () => {
  it('is not listed among the files that were opened lately', async () => {
    const { document } = await openSample('lake');
    expect(document.name).toBe('Evening lake.png');
    await page.call('document.close', { document: document.id });
    expect((await page.call('app.hello', {})).recents).toEqual([]);
  });

  it('has a small picture for lists', async () => {
    const { samples } = await page.call('learning.list', {});
    for (const { id } of samples) {
      const answer = await real.host.resources(new Request(`http://host/samples/${id}`));
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
    }
  });

  it('that does not exist cannot be opened', async () => {
    expect(await page.ask('sample.open', { sample: 'nothing' })).toMatchObject({
      ok: false,
      fault: { code: 'not-found' },
    });
  });
});

describe('a task', () => {
  it('is only judged on the picture of its lesson', async () => {
    const { document } = await openSample('lake');
    const question = { document: document.id, lesson: 'gamma' };
    expect(await page.ask('lesson.check', question)).toMatchObject({
      ok: false,
      fault: { message: expect.stringContaining('not the one of the lesson Gamma') },
    });
    expect(await page.ask('lesson.check', { ...question, lesson: 'nothing' })).toMatchObject({ ok: false });
    await page.call('document.close', { document: document.id });
  });

  it('takes any way that leads to the same pixels', async () => {
    const { document } = await openSample('lake');
    const lesson = lessons.find(({ id }) => id === 'negative');
    if (!lesson) throw new Error('there is no lesson negative');
    const curve = {
      points: [
        [0, 255],
        [255, 0],
      ],
      channel: 'r',
    };
    const detour = await become(document, [{ ...PLAIN_STEP, operation: 'curves', params: curve }]);
    expect(await isDone(detour, lesson)).toEqual([]);
    await page.call('document.close', { document: document.id });
  });
});

describe.each(lessons.map((lesson) => [lesson.title, lesson] as const))('the lesson %s', (_, lesson) => {
  it('says no number that is not accounted for', () => {
    expect(unaccounted(lesson)).toEqual([]);
  });

  it('says what its facts say', () => {
    const missing = pagesOf(lesson).flatMap((each) =>
      each.facts.filter(({ says }) => !saidOn(lesson, each).includes(says)).map(({ says }) => says),
    );
    expect(missing).toEqual([]);
  });

  it('has pages that can be played, on which every number is so', async () => {
    let { document } = await openSample(lesson.sample);
    for (const each of pagesOf(lesson)) {
      document = await become(document, each.stack);
      const { stack } = document.layers[0];
      expect(stack.map(({ operation }) => operation)).toEqual(each.stack.map(({ operation }) => operation));
      for (const fact of each.facts) {
        const value = await valueOf(fact, document);
        const digits = 'digits' in fact ? fact.digits : 0;
        const told = `${each.title}: ${fact.says} (${value})`;
        expect(value, told).not.toBeNull();
        expect(Math.round((value ?? 0) * 10 ** digits) / 10 ** digits, told).toBe(fact.is);
        const [said] = numbersIn(fact.says);
        expect(
          [fact.is, fact.is * 100].some((is) => Math.abs(is - Number(said)) < 1e-9),
          told,
        ).toBe(true);
      }
    }
    await page.call('document.close', { document: document.id });
  });

  it('has a task that is done by its solution, and not before', async () => {
    const { document } = await openSample(lesson.sample);
    const begun = await become(document, lesson.task.stack);
    expect(await isDone(begun, lesson)).not.toEqual([]);
    const solved = await become(begun, lesson.task.solution);
    expect(await isDone(solved, lesson)).toEqual([]);
    await page.call('document.close', { document: document.id });
  });

  it('points at what is in the picture', async () => {
    const { document, size } = await openSample(lesson.sample);
    for (const { look } of pagesOf(lesson)) {
      const { pin, area } = look;
      if (pin) expect(pin.x < size.width && pin.y < size.height).toBe(true);
      if (area) expect(area.x + area.width <= size.width && area.y + area.height <= size.height).toBe(true);
    }
    await page.call('document.close', { document: document.id });
  });
});
