// What other pages, other programs and other machines may try against the loopback server; all of it is refused, nothing of it
// reaches the host.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { open, rawRequest, receiveAll, upgradeHeaders, type RawRequest } from '../support/raw-http';
import { startQuietShell, type QuietShell } from '../support/quiet-shell';

type Header = readonly [string, string];

let shell: QuietShell;
let cookie: string;

beforeEach(async () => {
  shell = await startQuietShell({ headers: 600, request: 1_200, idle: 1_000, connections: 16 });
  cookie = await shell.cookie();
});

afterEach(async () => {
  expect(shell.host.calls).toEqual([]);
  expect(shell.complaints).toEqual([]);
  await shell.stop();
});

const host = (): Header => ['Host', `127.0.0.1:${shell.port}`];
const origin = (): Header => ['Origin', shell.origin];
const withCookie = (): Header => ['Cookie', cookie];
const send = (request: RawRequest) => rawRequest(shell.port, request);

describe('a page of another origin or another name', () => {
  it.each([
    'localhost',
    'localhost:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1:PORT.',
    '127.0.0.2:PORT',
    '[::1]:PORT',
    '0.0.0.0:PORT',
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1.evil.example:PORT',
    '127.0.0.1:PORT@evil.example',
    '2130706433:PORT',
    ' ',
  ])('is refused where it calls the host %s (rebinding)', async (name) => {
    const value = name.replace('PORT', String(shell.port));
    const answer = await send({ target: '/frames/k', headers: [['Host', value], withCookie()] });
    expect([400, 421]).toContain(answer.status);
    expect(answer.body).not.toContain('resource');
  });

  it('is refused where it names two hosts, or none', async () => {
    const two = await send({ headers: [host(), ['Host', 'evil.example'], withCookie()] });
    expect([400, 421]).toContain(two.status);
    expect([400, 421]).toContain((await send({ headers: [withCookie()] })).status);
  });

  it.each([
    'null',
    'http://evil.example',
    'http://localhost:PORT',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1',
    'app://burnish',
  ])('is refused where it comes from %s', async (from) => {
    const foreign: Header = ['Origin', from.replace('PORT', String(shell.port))];
    const posted = await send({
      method: 'POST',
      target: '/uploads?name=a.png',
      headers: [host(), foreign, withCookie()],
      body: 'x',
    });
    expect(posted.status).toBe(403);
    const fetched = await send({ target: '/frames/k', headers: [host(), foreign, withCookie()] });
    expect(fetched.status).toBe(403);
    const socket = upgradeHeaders(shell.origin).filter(([name]) => name !== 'Origin');
    const upgraded = await send({
      target: '/connection?client=abcdefgh&received=0',
      headers: [...socket, foreign, withCookie()],
    });
    expect(upgraded.status).toBe(403);
  });

  it('is refused where it changes something without saying where it comes from', async () => {
    const posted = await send({
      method: 'POST',
      target: '/uploads?name=a',
      headers: [host(), withCookie()],
      body: 'x',
    });
    expect(posted.status).toBe(403);
    const socket = upgradeHeaders(shell.origin).filter(([name]) => name !== 'Origin');
    const upgraded = await send({
      target: '/connection?client=abcdefgh&received=0',
      headers: [...socket, withCookie()],
    });
    expect(upgraded.status).toBe(403);
  });

  it('is refused where its browser says that it is another site', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const answer = await send({ headers: [host(), ['Sec-Fetch-Site', site]] });
      expect(answer.status).toBe(403);
    }
  });

  it('is given no permission to read, and none to frame', async () => {
    const preflight = await send({
      method: 'OPTIONS',
      target: '/uploads',
      headers: [host(), ['Origin', 'http://evil.example'], ['Access-Control-Request-Method', 'POST']],
    });
    expect(preflight.status).toBe(405);
    const { headers } = await send({ headers: [host()] });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
  });
});

describe('whoever has no cookie', () => {
  it.each(['/frames/k', '/thumbnails/k', '/samples/lake', '/downloads/k', '/uploads', '/nothing'])(
    'is refused %s',
    async (target) => {
      const answer = await send({ target, headers: [host()] });
      expect(answer.status).toBe(403);
      expect(answer.body).not.toContain('resource');
    },
  );

  it('is refused a socket', async () => {
    const target = '/connection?client=abcdefgh&received=0';
    expect((await send({ target, headers: upgradeHeaders(shell.origin) })).status).toBe(403);
  });

  it.each([
    ['an empty one', 'burnish-PORT='],
    ['a guessed one', `burnish-PORT=${'A'.repeat(43)}`],
    ['that of another port', 'burnish-1=VALUE'],
    ['two', 'COOKIE; burnish-PORT=x'],
    ['its name alone', 'burnish-PORT'],
    ['a longer one', 'COOKIEx'],
  ])('is refused with %s', async (_, made) => {
    const value = made
      .replace('COOKIE', cookie)
      .replace('PORT', String(shell.port))
      .replace('VALUE', cookie.split('=')[1]);
    expect((await send({ target: '/frames/k', headers: [host(), ['Cookie', value]] })).status).toBe(403);
  });

  it('is refused the token in a query, or as a header', async () => {
    const { token } = shell;
    expect((await send({ target: `/frames/k?token=${token}`, headers: [host()] })).status).toBe(403);
    expect(
      (await send({ target: '/frames/k', headers: [host(), ['Authorization', `Bearer ${token}`]] })).status,
    ).toBe(403);
  });
});

describe('the token', () => {
  it('is exchanged once: a replay is refused', async () => {
    const again = await send({
      method: 'POST',
      target: '/session',
      headers: [host(), origin()],
      body: shell.token,
    });
    expect(again.status).toBe(403);
    expect(again.headers).not.toHaveProperty('set-cookie');
  });

  it('is refused where it is wrong, empty or endless', async () => {
    for (const body of ['', 'x', `${shell.token}x`, shell.token.slice(0, -1), 'x'.repeat(100_000)]) {
      const fresh = await startQuietShell();
      const answer = await rawRequest(fresh.port, {
        method: 'POST',
        target: '/session',
        headers: [
          ['Host', `127.0.0.1:${fresh.port}`],
          ['Origin', fresh.origin],
        ],
        body,
      });
      expect([403, 413, 0]).toContain(answer.status);
      expect(answer.headers).not.toHaveProperty('set-cookie');
      await fresh.stop();
    }
  });

  it('has 256 bits and gives a cookie that scripts and other sites never see', async () => {
    const fresh = await startQuietShell();
    expect(Buffer.from(fresh.token, 'base64url')).toHaveLength(32);
    const answer = await fetch(`${fresh.origin}/session`, {
      method: 'POST',
      headers: { origin: fresh.origin },
      body: fresh.token,
    });
    expect(answer.status).toBe(204);
    const header = answer.headers.get('set-cookie') ?? '';
    expect(header).toMatch(
      new RegExp(`^burnish-${fresh.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(header).not.toContain(fresh.token);
    await fresh.stop();
  });

  it('lets a page with the cookie in again, whatever token it shows: a reload', async () => {
    const answer = await send({
      method: 'POST',
      target: '/session',
      headers: [host(), origin(), withCookie()],
      body: shell.token,
    });
    expect(answer.status).toBe(204);
  });
});

describe('an address', () => {
  it.each([
    '/../package.json',
    '/assets/../../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '/..\\package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/page.js%00.png',
    '/assets/',
    '/assets',
    '/index.html/',
    '/.stamp',
    '/etc/passwd',
  ])('reaches no other file: %s', async (target) => {
    const answer = await send({ target, headers: [host()] });
    expect([400, 403]).toContain(answer.status);
  });

  it.each([
    '//evil.example/',
    'http://evil.example/',
    'http://127.0.0.1/',
    '*',
    'evil.example:80',
    `/${'a'.repeat(5_000)}`,
  ])('is refused where it is no path: %.30s', async (target) => {
    const answer = await send({ target, headers: [host(), withCookie()] });
    expect([400, 414]).toContain(answer.status);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND'])(
    'does not take %s',
    async (method) => {
      const answer = await send({ method, target: '/frames/k', headers: [host(), origin(), withCookie()] });
      expect([405, 400, 0]).toContain(answer.status);
      expect(answer.body).not.toContain('resource');
    },
  );
});

describe('who takes too long, or sends too much', () => {
  it('is cut off in the middle of the headers', async () => {
    const socket = await open(shell.port);
    const answer = receiveAll(socket);
    socket.write('GET / HTTP/1.1\r\nHost: ');
    expect(await answer).not.toContain('200');
  });

  it('is cut off in the middle of a body', async () => {
    const socket = await open(shell.port);
    const answer = receiveAll(socket);
    socket.write(
      `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${shell.port}\r\nOrigin: ${shell.origin}\r\nContent-Length: 43\r\n\r\nA`,
    );
    expect(await answer).not.toContain('set-cookie');
  });

  it('is cut off where it says nothing', async () => {
    expect(await receiveAll(await open(shell.port))).not.toContain('200');
  });

  it('is refused headers without end', async () => {
    const answer = await send({ headers: [host(), ['X-Long', 'x'.repeat(40_000)]] });
    expect([431, 0]).toContain(answer.status);
  });

  it('finds no more than so many connections', async () => {
    const sockets = await Promise.all(Array.from({ length: 40 }, () => open(shell.port).catch(() => null)));
    const alive = sockets.filter((socket) => socket !== null && !socket.destroyed);
    await new Promise((done) => setTimeout(done, 100));
    expect(alive.filter((socket) => socket?.destroyed === false).length).toBeLessThanOrEqual(40);
    for (const socket of sockets) socket?.destroy();
    await new Promise((done) => setTimeout(done, 100));
    expect((await send({ headers: [host()] })).status).toBe(200);
  });

  it('gets nothing by smuggling a second request into the first', async () => {
    const socket = await open(shell.port);
    const answer = receiveAll(socket);
    socket.write(
      `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${shell.port}\r\nOrigin: ${shell.origin}\r\n` +
        `Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /frames/k HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    expect(await answer).not.toContain('resource');
  });
});

describe('a page of our own', () => {
  it('gets its files without a cookie, and what it asks for with it', async () => {
    expect((await send({ headers: [host()] })).body).toContain('<title>Burnish</title>');
    expect((await send({ target: '/assets/page.js?x', headers: [host()] })).status).toBe(200);
    const fetched = await send({
      target: '/frames/k',
      headers: [host(), withCookie(), ['Sec-Fetch-Site', 'same-origin']],
    });
    expect(fetched).toMatchObject({ status: 200, body: expect.stringContaining('resource /frames/k') });
  });
});
