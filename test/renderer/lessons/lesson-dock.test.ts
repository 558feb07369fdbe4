import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { succeed } from '../../../core/raster/fault';
import { runsOf } from '../../../renderer/lessons/emphasis';
import LessonDock from '../../../renderer/lessons/LessonDock.svelte';
import LessonList from '../../../renderer/lessons/LessonList.svelte';
import type { LessonPlayer } from '../../../renderer/session/lesson-player.svelte';
import { openSession, show, type OpenSession } from '../../support/open-session';
import { smallLesson, smallSample } from '../../support/small-lesson';

const lessons = [smallLesson('one', 'One'), smallLesson('two', 'Two')];
let open: OpenSession;
let player: LessonPlayer;
const report = { met: false, found: 'It differs.', pixel: { x: 1, y: 2 }, otherwise: 'Add it.' };

beforeEach(async () => {
  open = await openSession();
  open.host.answers['learning.list'] = () => succeed({ samples: [smallSample], lessons });
  open.host.answers['sample.open'] = () => succeed({ document: 'd' });
  open.host.answers['lesson.check'] = () => succeed({ reports: [report] });
  const { learning } = open.session;
  await learning.load();
  await learning.begin(lessons[0]);
  player = await vi.waitUntil(() => learning.current);
});

const region = () => screen.getByRole('region', { name: 'Lessons' });
const button = (name: string) => within(region()).getByRole('button', { name });

describe('the lesson below the canvas', () => {
  beforeEach(() => show(open.session, LessonDock, { player }));

  it('says which page it is, with its words', () => {
    expect(within(region()).getByRole('status')).toHaveProperty('textContent', 'Page 1 of 3: Lighter');
    expect(within(region()).getByText('Gamma').tagName).toBe('STRONG');
    expect(button('Back')).toHaveProperty('disabled', true);
  });

  it('is turned by its buttons, up to the task', async () => {
    await fireEvent.click(button('Next'));
    await vi.waitFor(() => expect(screen.getByRole('heading', { name: 'Darker' })).toBeTruthy());
    await vi.waitFor(() => expect(button('Next')).toHaveProperty('disabled', false));
    await fireEvent.click(button('Next'));
    await vi.waitFor(() => expect(button('Check')).toHaveProperty('disabled', false));
    expect(button('Next')).toHaveProperty('disabled', true);
  });

  it('tells what is missing and where, and then that it is done', async () => {
    await player.turn(1);
    await player.turn(1);
    await vi.waitFor(() => expect(button('Check')).toHaveProperty('disabled', false));
    await fireEvent.click(button('Check'));
    await vi.waitFor(() => expect(region().textContent).toContain('It differs. Add it.'));
    await fireEvent.click(button('Pin (1, 2)'));
    expect(open.document.pin).toEqual({ x: 1, y: 2 });

    open.host.answers['lesson.check'] = () => succeed({ reports: [{ ...report, met: true, pixel: null }] });
    const [layer] = open.document.document.layers;
    await open.document.commit({ type: 'layer.opacity', layer: layer.id, opacity: 0.5 });
    await vi.waitFor(() => expect(region().textContent).toContain('That is a negative.'));
    expect(button('Next lesson')).toHaveProperty('disabled', false);
  });

  it('is ended by its button', async () => {
    await fireEvent.click(button('End the lesson'));
    expect(open.session.learning.current).toBeNull();
  });
});

describe('the list of lessons', () => {
  it('says which are done and gives the chosen one', async () => {
    open.session.preferences.setLessonDone('one');
    const choose = vi.fn();
    show(open.session, LessonList, { choose });
    const items = within(screen.getByRole('list', { name: 'Lessons' })).getAllByRole('button');
    expect(items.map((item) => /done/.test(item.textContent))).toEqual([true, false]);
    expect(items[0].getAttribute('aria-current')).toBe('step');
    await fireEvent.click(items[1]);
    expect(choose).toHaveBeenCalledWith(lessons[1], expect.anything());
  });
});

describe('the text of a lesson', () => {
  it.each([
    ['plain', [['plain', false]]],
    [
      '**Gamma** bends',
      [
        ['Gamma', true],
        [' bends', false],
      ],
    ],
    [
      'set **R1** and **R2**',
      [
        ['set ', false],
        ['R1', true],
        [' and ', false],
        ['R2', true],
      ],
    ],
    ['2 ** 3', [['2 ** 3', false]]],
  ] as const)('sets off what stands between two stars: %s', (text, runs) => {
    expect(runsOf(text).map(({ text: part, strong }) => [part, strong])).toEqual(runs);
  });
});
