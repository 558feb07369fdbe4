import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOSE } from '../../../core/protocol/wire';
import { SocketConnection } from '../../../renderer/session/socket-connection';

/** A socket whose other end is the test. */
class FakeSocket {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 0;
  readonly sent: unknown[] = [];
  onopen: () => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: (event: { code: number }) => void = () => undefined;

  constructor(readonly url: URL) {
    FakeSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  open(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
  }

  receive(message: unknown): void {
    this.onmessage({ data: JSON.stringify(message) });
  }

  cut(code = 1006): void {
    this.readyState = 3;
    this.onclose({ code });
  }
}

const reload = vi.fn();
let status = 204;

async function connected(): Promise<{ connection: SocketConnection; states: string[]; socket: FakeSocket }> {
  const page = Object.create(window, {
    location: { value: { href: 'http://127.0.0.1:5/#token=secret', hash: '#token=secret', reload } },
    addEventListener: { value: () => undefined },
  });
  const connection = new SocketConnection(page);
  const states: string[] = [];
  connection.watch(({ kind }) => states.push(kind));
  await vi.advanceTimersByTimeAsync(0);
  return { connection, states, socket: FakeSocket.made[0] };
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  status = 204;
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(status === 204 ? null : 'no', { status })),
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  reload.mockReset();
});

describe('the connection to the loopback server', () => {
  it('exchanges the token first, then opens the socket without it', async () => {
    const { socket, states } = await connected();
    expect(vi.mocked(fetch).mock.calls[0]).toEqual([
      'http://127.0.0.1:5/session',
      { method: 'POST', body: 'secret' },
    ]);
    expect(socket.url.href).toMatch(/^ws:\/\/127\.0\.0\.1:5\/connection\?client=[0-9a-f]{32}&received=0$/);
    socket.open();
    expect(states).toEqual(['connecting', 'open']);
  });

  it('answers each call by its number, whatever comes in between', async () => {
    const { connection, socket } = await connected();
    const events: string[] = [];
    connection.listen(({ event }) => events.push(event));
    const first = connection.call('app.hello', {});
    socket.open();
    const second = connection.call('edit.abandon', { document: 'd', generation: 1 });
    expect(socket.sent).toMatchObject([
      { id: 1, call: 'app.hello' },
      { id: 2, call: 'edit.abandon' },
    ]);
    socket.receive({ event: 'recents.changed', data: [] });
    socket.receive({ id: 2, ok: false, fault: { code: 'busy', message: 'no', remedy: '' } });
    socket.receive({ id: 1, ok: true, value: 'hello' });
    expect(await first).toMatchObject({ ok: true, value: 'hello' });
    expect(await second).toMatchObject({ ok: false, fault: { message: 'no' } });
    expect(events).toEqual(['recents.changed']);
  });

  it('comes back after a cut, says what it has, and repeats what was not answered', async () => {
    const { connection, socket, states } = await connected();
    socket.open();
    const answered = connection.call('app.hello', {});
    socket.receive({ id: 1, ok: true, value: 'hello' });
    await answered;
    void connection.call('edit.abandon', { document: 'd', generation: 1 });
    socket.cut();
    void connection.call('edit.abandon', { document: 'd', generation: 2 });
    await vi.advanceTimersByTimeAsync(1_000);
    const again = FakeSocket.made[1];
    expect(again.url.searchParams.get('received')).toBe('1');
    expect(again.url.searchParams.get('client')).toBe(socket.url.searchParams.get('client'));
    again.open();
    expect(again.sent).toMatchObject([{ id: 2 }, { id: 3 }]);
    expect(states).toEqual(['connecting', 'open', 'lost', 'open']);
  });

  it('tries ever more seldom, but does not give up', async () => {
    const { socket } = await connected();
    socket.open();
    socket.cut();
    for (let time = 0; time < 8; time++) {
      await vi.advanceTimersByTimeAsync(5_000);
      FakeSocket.made.at(-1)?.cut();
    }
    expect(FakeSocket.made.length).toBeGreaterThan(5);
    expect(FakeSocket.made.length).toBeLessThan(15);
  });

  it('starts anew where the server has forgotten it', async () => {
    const { socket } = await connected();
    socket.open();
    socket.cut(CLOSE.unknown);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('ends with what is waiting when the program stops', async () => {
    const { connection, socket, states } = await connected();
    socket.open();
    const waiting = connection.call('app.hello', {});
    socket.cut(CLOSE.stopping);
    expect(await waiting).toMatchObject({ ok: false, fault: { code: 'refused' } });
    expect(await connection.call('app.hello', {})).toMatchObject({ ok: false });
    expect(states.at(-1)).toBe('ended');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.made).toHaveLength(1);
  });

  it('says that an address was used before', async () => {
    status = 403;
    const { states } = await connected();
    expect(states).toEqual(['connecting', 'ended']);
    expect(FakeSocket.made).toEqual([]);
  });
});
