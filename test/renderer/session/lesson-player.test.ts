import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LearningAnswers } from '../../../core/protocol/learning-calls';
import { succeed } from '../../../core/raster/fault';
import { LessonPlayer } from '../../../renderer/session/lesson-player.svelte';
import { Session } from '../../../renderer/session/session.svelte';
import { stepOf } from '../../support/documents';
import { openSession, type OpenSession } from '../../support/open-session';
import { smallLesson, smallSample } from '../../support/small-lesson';

const missing = { met: false, found: 'It differs.', pixel: { x: 1, y: 2 }, otherwise: 'Help.' };
const met = { met: true, found: '', pixel: null, otherwise: 'Help.' };

let open: OpenSession;
let player: LessonPlayer;

const stack = () =>
  open.document.document.layers[0].stack.map(({ operation, params }) => [operation, params] as const);
const answerWith = (reports: LearningAnswers['lesson.check']['reports']) =>
  (open.host.answers['lesson.check'] = () => succeed({ reports }));
const current = () => open.document.state.history.find(({ state }) => state === 'current')?.text;

beforeEach(async () => {
  open = await openSession();
  open.document.camera.measure({ width: 832, height: 632 }, 1);
  player = new LessonPlayer(open.session, smallLesson(), open.document);
  await player.start();
});

describe('a page', () => {
  it('puts its steps on the picture, as steps of the history', () => {
    expect(stack()).toEqual([['gamma', { gamma: 2 }]]);
    expect(current()).toBe('Added Gamma 2 to Background');
  });

  it('leads the eye: panels, pin, place and the step whose controls are shown', () => {
    const { preferences } = open.session;
    expect([preferences.panels.Histogram.open, preferences.panels.Formula.open]).toEqual([true, false]);
    expect(open.document.pin).toEqual({ x: 3, y: 4 });
    expect(open.document.camera.viewport.zoom).toBe(60);
    expect(open.document.choice.step?.step.operation).toBe('gamma');
  });

  it('is turned by changing what is there', async () => {
    await player.turn(1);
    expect(stack()).toEqual([['gamma', { gamma: 0.5 }]]);
    await player.turn(1);
    expect(stack()).toEqual([]);
    expect(player.isTask).toBe(true);
    expect(player.canTurn(1)).toBe(false);
  });

  it('is gone back to as it was, whatever was tried in between', async () => {
    await player.turn(1);
    const [layer] = open.document.document.layers;
    await open.document.commit({ type: 'layer.opacity', layer: layer.id, opacity: 0.5 });
    await player.turn(-1);
    expect(stack()).toEqual([['gamma', { gamma: 2 }]]);
    expect(open.document.document.layers[0].opacity).toBe(1);
    await player.turn(1);
    expect(stack()).toEqual([['gamma', { gamma: 0.5 }]]);
  });

  it('cannot be turned beyond the ends, nor by a window that only looks on', async () => {
    expect(player.canTurn(-1)).toBe(false);
    open.session.writable = false;
    expect(player.canTurn(1)).toBe(false);
    await player.turn(1);
    expect(player.at).toBe(0);
  });
});

describe('the task', () => {
  beforeEach(async () => {
    await player.turn(1);
    await player.turn(1);
  });

  it('says what is missing only to who asks, and goes on saying it', async () => {
    answerWith([missing]);
    await player.check(false);
    expect(player.reports).toEqual([]);
    await player.check(true);
    expect(player.reports).toEqual([missing]);
    answerWith([met, missing]);
    await player.check(false);
    expect(player.reports).toEqual([met, missing]);
    expect(player.done).toBe(false);
  });

  it('is done once every check is met, and remembered', async () => {
    answerWith([met, met]);
    await player.check(false);
    expect(player.done).toBe(true);
    expect(open.session.preferences.lessonsDone).toEqual(['small']);
  });

  it('is shown by real steps, and then not counted as the reader’s', async () => {
    answerWith([met]);
    await player.showHow();
    expect(stack()).toEqual([['negative', {}]]);
    expect([player.done, player.shown]).toEqual([true, true]);
    expect(open.session.preferences.lessonsDone).toEqual([]);
    await player.again();
    expect(stack()).toEqual([]);
    expect([player.done, player.shown]).toEqual([false, false]);
  });

  it('is gone back to as it was left, for who looked something up, and begins anew once more', async () => {
    const [layer] = open.document.document.layers;
    const tried = { ...stepOf('negative', {}), id: 'tried' };
    await open.document.commit({ type: 'step.add', owner: layer.id, step: tried, index: 0 });
    await player.turn(-1);
    expect(stack()).toEqual([['gamma', { gamma: 0.5 }]]);
    await player.turn(-1);
    await player.turn(1);
    await player.turn(1);
    expect(stack()).toEqual([['negative', {}]]);
    await player.again();
    expect(stack()).toEqual([]);
  });

  it('is not gone back to as the program did it', async () => {
    answerWith([met]);
    await player.showHow();
    await player.turn(-1);
    await player.turn(1);
    expect(stack()).toEqual([]);
    expect(player.shown).toBe(false);
  });

  it('is not judged by an answer that another question has overtaken', async () => {
    answerWith([met]);
    const asked = player.check(false);
    await player.turn(-1);
    await asked;
    expect(player.done).toBe(false);
  });
});

describe('the end', () => {
  it('gives the panels back as they were', () => {
    player.leave();
    const { panels } = open.session.preferences;
    expect([panels.Histogram.open, panels.Formula.open, panels.Pixels.open]).toEqual([false, true, true]);
  });

  it('knows whether anything but the lesson was done in the document', async () => {
    expect(player.isUntouched).toBe(true);
    const [layer] = open.document.document.layers;
    await open.document.commit({ type: 'layer.opacity', layer: layer.id, opacity: 0.5 });
    expect(player.isUntouched).toBe(false);
  });
});

describe('learning', () => {
  const lessons = [smallLesson('one', 'One'), smallLesson('two', 'Two')];

  beforeEach(async () => {
    open = await openSession();
    open.host.answers['learning.list'] = () => succeed({ samples: [smallSample], lessons });
    open.host.answers['sample.open'] = () => succeed({ document: 'd' });
    await open.session.learning.load();
  });

  it('asks for the lessons once', async () => {
    await open.session.learning.load();
    expect(open.host.payloads('learning.list')).toHaveLength(1);
    expect(open.session.learning.after(lessons[0])).toBe(lessons[1]);
    expect(open.session.learning.after(lessons[1])).toBeNull();
  });

  it('opens the sample of a lesson and shows its first page', async () => {
    const { learning } = open.session;
    await learning.begin(lessons[0]);
    expect(open.host.payloads('sample.open')).toEqual([{ sample: 'lake' }]);
    expect(learning.current?.page.title).toBe('Lighter');
    learning.end();
    expect(learning.current).toBeNull();
  });

  it('goes on where it was when the window is loaded anew', async () => {
    const { learning, preferences } = open.session;
    await learning.begin(lessons[0]);
    await learning.current?.turn(1);
    const again = new Session(open.host, preferences);
    const resumed = await vi.waitUntil(() => again.learning.current);
    expect(resumed.page.title).toBe('Darker');
    await resumed.turn(-1);
    expect(again.active?.document.layers[0].stack.map(({ params }) => params)).toEqual([{ gamma: 2 }]);
    again.learning.end();
    expect(preferences.lessonPlace).toBeNull();
  });

  it.each([
    ['its picture is open', (id: string) => id],
    ['its picture is gone', () => 'another'],
  ])(
    'gives the panels back as they were before it, after the window was loaded anew and %s',
    async (_, seen) => {
      const { learning, preferences } = open.session;
      preferences.setPanel('Histogram', { open: true });
      preferences.setPanel('Pixels', { open: false });
      await learning.begin(lessons[0]);
      preferences.setPanel('Histogram', { open: false });
      preferences.setPanel('Pixels', { open: true });
      const place = preferences.lessonPlace;
      if (place === null) throw new Error('no lesson is under way');
      preferences.setLessonPlace({ ...place, document: seen(place.document) });
      const again = new Session(open.host, preferences);
      await vi.waitFor(() =>
        expect(again.learning.current !== null || preferences.lessonPlace === null).toBe(true),
      );
      again.learning.end();
      expect([preferences.panels.Histogram.open, preferences.panels.Pixels.open]).toEqual([true, false]);
      expect(preferences.lessonPlace).toBeNull();
    },
  );

  it('asks nothing when a window with an untouched lesson is left', async () => {
    const { learning } = open.session;
    await learning.begin(lessons[0]);
    await vi.waitFor(() => expect(open.document.state.dirty).toBe(true));
    expect(open.session.hasUnsaved).toBe(false);
    const [layer] = open.document.document.layers;
    await open.document.commit({ type: 'layer.opacity', layer: layer.id, opacity: 0.5 });
    expect(open.session.hasUnsaved).toBe(true);
  });
});
