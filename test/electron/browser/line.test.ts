// A line that is cut at any moment loses nothing and does nothing twice.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLOSE } from '../../../core/protocol/wire';
import { startQuietShell, type QuietShell } from '../support/quiet-shell';
import { WirePage } from '../support/wire-page';

let shell: QuietShell;
let page: WirePage;

beforeEach(async () => {
  shell = await startQuietShell();
  page = new WirePage({ origin: shell.origin, cookie: await shell.cookie() });
  await page.connect();
});

afterEach(() => shell.stop());

const calls = () => shell.host.calls.map(({ call }) => call);
const soon = (milliseconds = 50) => new Promise((done) => setTimeout(done, milliseconds));

describe('a line', () => {
  it('answers every request, in the order of their ids', async () => {
    const ids = [page.post('a', {}), page.post('b', {}), page.post('c', {})];
    await page.until(() => (page.replies.length === 3 ? true : undefined));
    expect(page.replies.map(({ id }) => id)).toEqual(ids);
    expect(calls()).toEqual(['a', 'b', 'c']);
  });

  it('does a request once that is sent again after a cut, whether or not its answer arrived', async () => {
    let open = (): void => undefined;
    shell.host.gate = new Promise((done) => (open = done));
    page.post('commit', { n: 1 });
    await soon();
    page.cut();
    page.post('commit', { n: 2 });
    open();
    await soon();
    await page.connect();
    await page.until(() => (page.replies.length === 2 ? true : undefined));
    expect(page.replies.map(({ id }) => id)).toEqual([1, 2]);
    expect(shell.host.calls.map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('brings the events of the time without a line, each once and in order', async () => {
    const [client] = shell.host.clients;
    const notice = (n: number) => client.send({ event: 'notice', data: { message: String(n) } });
    notice(1);
    await page.event('notice');
    page.cut();
    await soon();
    for (let n = 2; n <= 50; n++) notice(n);
    await page.connect();
    await page.until(() => (page.events.length === 50 ? true : undefined));
    expect(page.events.map(({ data }) => Number('message' in data ? data.message : 0))).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    expect(shell.host.comings).toEqual(['back', 'away', 'back']);
  });

  it('loses and doubles nothing when it is cut a hundred times in the middle of a drag', async () => {
    let sent = 0;
    for (let cuts = 0; cuts < 100; cuts++) {
      for (let step = 0; step < 5; step++) page.post('edit.preview', { n: ++sent });
      if (cuts % 3 === 0) await soon(1);
      page.cut();
      for (let step = 0; step < 2; step++) page.post('edit.preview', { n: ++sent });
      await page.connect();
    }
    await page.until(() => (page.replies.length === sent ? true : undefined));
    const expected = Array.from({ length: sent }, (_, index) => ({ n: index + 1 }));
    expect(shell.host.calls.map(({ payload }) => payload)).toEqual(expected);
    expect(page.replies.map(({ id }) => id)).toEqual(expected.map(({ n }) => n));
    expect(shell.host.clients).toHaveLength(1);
  });

  it('gives way to a newer socket of the same page', async () => {
    const first = page;
    await page.call('a', {});
    const second = new WirePage(page.line);
    Object.defineProperty(second, 'client', { value: page.client });
    await second.connect(1);
    await first.until(() => first.closed ?? undefined);
    expect(first.closed).toBe(CLOSE.replaced);
    expect(shell.host.clients).toHaveLength(1);
  });

  it('tells a page that is not known to start anew', async () => {
    const stranger = new WirePage(page.line);
    await stranger.connect(7);
    await stranger.until(() => stranger.closed ?? undefined);
    expect(stranger.closed).toBe(CLOSE.unknown);
    await page.connect(1_000);
    await page.until(() => page.closed ?? undefined);
    expect(page.closed).toBe(CLOSE.unknown);
  });

  it('forgets a page that leaves, as browsers do when it is closed or loaded again', async () => {
    page.leave();
    await page.until(() => page.closed ?? undefined);
    await soon();
    expect(shell.host.comings).toEqual(['back', 'close']);
  });

  it.each([
    ['text that is no JSON', '{'],
    ['JSON that is no request', '{"id":1}'],
    ['a request out of order', '{"id":5,"call":"a","payload":{}}'],
    ['bytes', Buffer.from([1, 2, 3])],
  ])('is closed at %s', async (_, data) => {
    page.raw(data);
    await page.until(() => page.closed ?? undefined);
    expect(page.closed).toBe(CLOSE.malformed);
    expect(shell.host.calls).toEqual([]);
  });

  it('is closed at a message that is too large', async () => {
    page.raw(`{"id":1,"call":"a","payload":{"x":"${'x'.repeat(5_000_000)}"}}`);
    await page.until(() => page.closed ?? undefined);
    expect(shell.host.calls).toEqual([]);
  });

  it.each(['', 'short', 'a b c d e f g h', '../../../etc', 'x'.repeat(65)])(
    'is refused the name "%s"',
    async (client) => {
      const odd = new WirePage(page.line);
      Object.defineProperty(odd, 'client', { value: encodeURIComponent(client) });
      await odd.connect();
      await odd.until(() => odd.closed ?? undefined);
      expect(odd.closed).toBe(CLOSE.unknown);
    },
  );

  it('ends with a word when the program stops', async () => {
    await shell.stop();
    await page.until(() => page.closed ?? undefined);
    expect(page.closed).toBe(CLOSE.stopping);
  });
});
