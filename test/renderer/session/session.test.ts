import { beforeEach, describe, expect, it, vi } from 'vitest';
import { changeTo } from '../../../core/protocol/document-change';
import { fail, succeed } from '../../../core/raster/fault';
import { FrameLoader } from '../../../renderer/session/frame-loader';
import type { Picture } from '../../../renderer/session/frame-store';
import { keyOf, Session } from '../../../renderer/session/session.svelte';
import { opening } from '../../core/document/sample';
import { FakeHost, frameOf } from '../../support/fake-host';

let host: FakeHost;

async function start(): Promise<Session> {
  const session = new Session(host);
  await vi.waitFor(() => expect(session.greeted).toBe(true));
  return session;
}

const file = (name: string) => ({ name, bytes: new Blob(['x']) });

beforeEach(() => {
  host = new FakeHost(opening());
});

describe('a session', () => {
  it('begins with what is open already', async () => {
    const session = await start();
    expect(session.active?.document.name).toBe('a.png');
    expect(session.editable).toBe(true);
  });

  it('is empty where nothing is', async () => {
    host.hello = { documents: [] };
    const session = await start();
    expect([session.active, session.opening, session.tabs.length]).toEqual([null, null, 0]);
  });

  it('shows a picture that is being opened at once, and its document when it is there', async () => {
    host.hello = { documents: [] };
    const session = await start();
    host.answers['document.open'] = () => {
      host.send({ event: 'document.changed', data: host.state });
      return succeed({ document: 'd', notices: ['its profile was converted'] });
    };
    const opened = session.openings.open([file('a.png')], 5);
    expect(session.opening).toMatchObject({ name: 'a.png', at: 5 });
    await opened;
    expect([session.opening, session.active?.id]).toEqual([null, 'd']);
    expect(session.messages.shown.map(({ text }) => text)).toEqual(['a.png: its profile was converted.']);
  });

  it('tells what could not be opened and goes back to what was in front', async () => {
    const session = await start();
    host.answers['document.open'] = () =>
      fail('unsupported', 'this kind of file is not supported', 'convert it');
    await session.openings.open([file('notes.txt')], 0);
    expect(session.messages.shown).toMatchObject([
      { kind: 'alert', text: expect.stringContaining('notes.txt') },
    ]);
    expect(session.active?.id).toBe('d');
  });

  it('tells what could not be handed over', async () => {
    const session = await start();
    await session.openings.open([file('bad.png')], 0);
    expect(host.payloads('document.open')).toEqual([]);
    expect(session.messages.shown[0].text).toContain('bad.png');
  });

  it('shows what the program itself opens', async () => {
    host.hello = { documents: [], opening: ['a.png'] };
    const session = await start();
    expect(session.opening?.name).toBe('a.png');
    host.send({ event: 'document.changed', data: host.state });
    host.send({ event: 'document.opened', data: { name: 'a.png', document: 'd' } });
    expect(session.active?.id).toBe('d');
  });

  it('puts changes together with what it knows, and asks anew where one was missed', async () => {
    const session = await start();
    const asked = (): number => host.payloads('app.hello').length;
    const { state } = host;
    const edited = (revision: number, name: string): void => {
      const data = changeTo({ ...state, name, revision }, state.history);
      host.send({ event: 'document.edited', data });
    };
    edited(state.revision + 1, 'next');
    expect(session.active?.state).toMatchObject({ name: 'next', history: state.history });
    edited(state.revision + 1, 'again');
    expect(session.active?.state.name).toBe('next');
    expect(asked()).toBe(1);
    host.hello = { documents: [{ ...state, name: 'as it is', revision: state.revision + 4 }] };
    edited(state.revision + 3, 'after a gap');
    edited(state.revision + 4, 'and another');
    await vi.waitFor(() => expect(session.active?.state.name).toBe('as it is'));
    // Once for both: the second one came before the answer, which may be older.
    await vi.waitFor(() => expect(asked()).toBe(3));
    edited(state.revision + 5, 'goes on');
    expect(session.active?.state.name).toBe('goes on');
  });

  it('has one tab for a picture, first of its opening and then of its document', async () => {
    host.hello = { documents: [], opening: ['a.png'] };
    const session = await start();
    const tabs = (): readonly string[] => session.tabs.map(keyOf);
    const [opening] = tabs();
    host.send({ event: 'document.changed', data: host.state });
    // What it reports is told before the opening is.
    host.send({ event: 'document.changed', data: { ...host.state, revision: 4, dirty: true } });
    host.send({ event: 'document.changed', data: host.state });
    expect(tabs()).toEqual([opening]);
    expect(session.opening?.key).toBe(opening);
    host.send({ event: 'document.opened', data: { name: 'a.png', document: 'd' } });
    expect(tabs()).toEqual(['d']);
    expect(session.active?.state).toMatchObject({ revision: 4, dirty: true });
  });

  it('shows what was seen of a picture while it was opened, also where that comes when it is open', async () => {
    host.hello = { documents: [], opening: ['a.png'] };
    let arrive: (picture: Picture) => void = () => undefined;
    const load = vi.spyOn(FrameLoader.prototype, 'load');
    load.mockReturnValue(new Promise((done) => (arrive = done)));
    const session = await start();
    const region = { x: 0, y: 0, width: 2, height: 1 };
    const first = {
      name: 'a.png',
      key: 'first',
      level: 4,
      region,
      whole: region,
      full: { width: 32, height: 16 },
    };
    host.send({ event: 'opening.frame', data: first });
    host.send({ event: 'document.changed', data: host.state });
    host.send({ event: 'document.opened', data: { name: 'a.png', document: 'd' } });
    const draw = vi.fn();
    const [document] = session.documents;
    document.draw = draw;
    expect(document.frames.after).toBeNull();
    arrive({ image: window.document.createElement('canvas'), bytes: 8 });
    await vi.waitFor(() =>
      expect(document.frames.after?.frame).toMatchObject({ key: 'first', exact: false }),
    );
    expect(draw).toHaveBeenCalledTimes(1);
    load.mockRestore();
  });

  it('shows a document that another opening of the name has nothing to do with once that is over', async () => {
    host.hello = { documents: [] };
    const session = await start();
    host.answers['document.open'] = () => {
      host.send({ event: 'document.changed', data: host.state });
      expect(session.tabs).toHaveLength(1);
      return fail('damaged', 'it is damaged', '');
    };
    await session.openings.open([file('a.png')], 0);
    expect(session.tabs.map(keyOf)).toEqual(['d']);
    host.send({ event: 'document.closed', data: { document: 'd' } });
    expect(session.tabs).toEqual([]);
  });

  it('forgets a document that is closed before its opening is told to have ended', async () => {
    host.hello = { documents: [], opening: ['a.png'] };
    const session = await start();
    host.send({ event: 'document.changed', data: host.state });
    host.send({ event: 'document.closed', data: { document: 'd' } });
    host.send({ event: 'document.opened', data: { name: 'a.png', document: null } });
    expect(session.tabs).toEqual([]);
  });

  it('closes without a question where nothing would be lost', async () => {
    const session = await start();
    expect(await session.askToClose(session.documents[0])).toBe(true);
    expect([session.active, session.closing.document]).toEqual([null, null]);
  });

  it('is told of a frame that fails, whichever document it is of', async () => {
    const session = await start();
    const giveUp = vi.spyOn(session.documents[0], 'giveUp');
    host.send({ event: 'frame.failed', data: { document: 'other', generation: 3 } });
    host.send({ event: 'frame.failed', data: { document: 'd', generation: 3 } });
    expect(giveUp.mock.calls).toEqual([[3]]);
  });

  it('lets frames of what is not in front go by', async () => {
    const session = await start();
    const receive = vi.spyOn(session.documents[0], 'receive').mockImplementation(() => undefined);
    host.send({ event: 'frame.ready', data: frameOf({ document: 'other' }) });
    expect(receive).not.toHaveBeenCalled();
    host.send({ event: 'frame.ready', data: frameOf({}) });
    expect(receive).toHaveBeenCalledTimes(1);
  });

  it('cannot be edited while the line is down, nor from a window that looks on', async () => {
    const session = await start();
    host.become({ kind: 'lost' });
    expect(session.editable).toBe(false);
    host.become({ kind: 'open' });
    host.send({ event: 'writable', data: { writable: false, reason: 'another window edits' } });
    expect([session.editable, session.reason]).toEqual([false, 'another window edits']);
  });

  it('forgets progress when it is over', async () => {
    const session = await start();
    const progress = { document: null, label: 'Exporting', fraction: 0.5, cancellable: true };
    host.send({ event: 'progress', data: progress });
    expect(session.progress).toEqual(progress);
    host.send({ event: 'progress', data: { ...progress, label: '' } });
    expect(session.progress).toBeNull();
  });

  it('does not go back to an older state of a document', async () => {
    const session = await start();
    const old = host.state;
    await session.active?.commit({ type: 'layer.opacity', layer: 'l', opacity: 0.5 });
    host.send({ event: 'document.changed', data: old });
    expect(session.active?.document.layers[0].opacity).toBe(0.5);
  });
});
