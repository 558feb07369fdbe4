import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { succeed } from '../../../core/raster/fault';
import EmptyState from '../../../renderer/window/EmptyState.svelte';
import { openSession, show, type OpenSession } from '../../support/open-session';
import { smallLesson, smallSample } from '../../support/small-lesson';

let open: OpenSession;
const recent = { id: 'r', name: 'sea.jpg', width: 30, height: 20, thumbnail: 'thumbnails/r', opened: 1 };

beforeEach(async () => {
  open = await openSession();
  const lessons = [smallLesson('one', 'One'), smallLesson('two', 'Two')];
  open.host.answers['learning.list'] = () => succeed({ samples: [smallSample], lessons });
  open.session.recents = [recent];
  show(open.session, EmptyState);
});

const picture = (region: string, name: RegExp) =>
  within(screen.getByRole('region', { name: region })).getByRole('button', { name });

describe('the empty window', () => {
  it('opens a sample picture', async () => {
    await vi.waitFor(() => picture('Try a sample', /^Lake 640 × 480/));
    const image = picture('Try a sample', /^Lake/).querySelector('img');
    expect(image?.getAttribute('src')).toBe('http://127.0.0.1/samples/lake');
    await fireEvent.click(picture('Try a sample', /^Lake/));
    expect(open.host.payloads('sample.open')).toEqual([{ sample: 'lake' }]);
  });

  it('opens what was open lately', async () => {
    await fireEvent.click(picture('Recent', /^sea\.jpg/));
    expect(open.host.payloads('recents.open')).toEqual([{ recent: 'r' }]);
  });

  it('leads to the lessons, and says how far one has come', async () => {
    const card = await vi.waitFor(() => screen.getByRole('region', { name: /pixel/ }));
    expect(card.textContent).toContain('2 short lessons');
    open.session.preferences.setLessonDone('one');
    await vi.waitFor(() => expect(card.textContent).toContain('1 done.'));
    await fireEvent.click(within(card).getByRole('button', { name: 'Go on' }));
    expect(open.session.dialog).toBe('lessons');
  });

  it('offers nothing to a window that only looks on', async () => {
    await vi.waitFor(() => picture('Try a sample', /^Lake/));
    open.session.writable = false;
    await vi.waitFor(() => expect(picture('Try a sample', /^Lake/)).toHaveProperty('disabled', true));
    expect(picture('Recent', /^sea/)).toHaveProperty('disabled', true);
  });
});
