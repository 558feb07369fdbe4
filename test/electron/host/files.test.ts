import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFolder } from '../../../electron/host/data-folder';
import { wholeOf } from '../../../core/node/files/bytes-elsewhere';
import { succeed } from '../../../core/raster/fault';
import { contentDisposition, Downloads } from '../../../electron/host/downloads';
import { exportName } from '../../../electron/host/exporter';
import { Files, shownName, type FileContent } from '../../../electron/host/files';
import { Recents, type Opened } from '../../../electron/host/recents';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* chunks(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(Buffer.from(part));
}

const uploads = () => readdirSync(join(folder, 'uploads', String(process.pid)));

describe('files', () => {
  it('reads an upload once, then it is gone', async () => {
    const files = new Files(folder);
    const received = await files.receive('sea.png', chunks('ab', 'cd'));
    if (!received.ok) throw new Error('refused');
    expect(files.describe(received.value).name).toBe('sea.png');
    expect(uploads()).toHaveLength(1);
    expect(await files.using(received.value, succeed)).toMatchObject({
      ok: true,
      value: { name: 'sea.png', path: null, bytes: Buffer.from('abcd') },
    });
    expect(uploads()).toEqual([]);
    expect(await files.using(received.value, succeed)).toMatchObject({
      ok: false,
      fault: { code: 'not-found' },
    });
    await files.close();
    expect(existsSync(join(folder, 'uploads', String(process.pid)))).toBe(false);
  });

  it('leaves a large one on the disk until whoever uses it is done', async () => {
    const files = new Files(folder, { large: 3 });
    const path = join(folder, 'own.tif');
    await writeFile(path, 'abcd');
    const received = await files.receive('sea.png', chunks('ab', 'cd'));
    if (!received.ok) throw new Error('refused');
    for (const handle of [received.value, files.register(path)]) {
      let lent: FileContent['bytes'] | null = null;
      const used = await files.using(handle, async ({ bytes }) => {
        lent = bytes;
        if (bytes instanceof Uint8Array) throw new Error('it is in memory');
        expect(Buffer.from((await bytes.read(1, 2)) ?? []).toString()).toBe('bc');
        expect(await bytes.read(3, 2)).toBeNull();
        return succeed(Buffer.from(await wholeOf(bytes)).toString());
      });
      expect(used).toEqual(succeed('abcd'));
      if (lent === null) throw new Error('nothing was lent');
      await expect(wholeOf(lent)).rejects.toThrow();
    }
    expect(uploads()).toEqual([]);
    expect(existsSync(path)).toBe(true);
    await files.close();
  });

  it('refuses one that grows too large, and keeps nothing of it', async () => {
    const files = new Files(folder, { largest: 5 });
    expect(await files.receive('big.tif', chunks('abc', 'def'))).toMatchObject({
      ok: false,
      fault: { code: 'too-large', message: expect.stringContaining('big.tif') },
    });
    expect(uploads()).toEqual([]);
    await writeFile(join(folder, 'large'), 'abcdef');
    expect(await files.using(files.register(join(folder, 'large')), succeed)).toMatchObject({
      ok: false,
      fault: { code: 'too-large' },
    });
    await files.close();
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const files = new Files(folder);
    const broken = (async function* () {
      yield await Promise.resolve(Buffer.from('abc'));
      throw new Error('the page is gone');
    })();
    await expect(files.receive('a.png', broken)).rejects.toThrow('the page is gone');
    expect(uploads()).toEqual([]);
    await files.close();
  });

  it('bounds what waits, and lets only this user look', async () => {
    const files = new Files(folder);
    for (let index = 0; index < 40; index++) await files.receive(`${index}.png`, chunks('x'));
    await new Promise((done) => setTimeout(done, 50));
    expect(uploads().length).toBeLessThanOrEqual(32);
    const private_ = join(folder, 'uploads', String(process.pid));
    if (process.platform !== 'win32') {
      expect(statSync(private_).mode & 0o777).toBe(0o700);
      expect(statSync(join(private_, uploads()[0])).mode & 0o777).toBe(0o600);
    }
    await files.close();
  });

  it('names a file that is not there, is a folder or no file at all', async () => {
    const files = new Files(folder);
    const fault = async (path: string) => {
      const read = await files.using(files.register(path), succeed);
      return read.ok ? null : read.fault;
    };
    expect(await fault(join(folder, 'gone.png'))).toMatchObject({
      code: 'not-found',
      message: 'gone.png: no such file',
    });
    mkdirSync(join(folder, 'holiday'));
    expect(await fault(join(folder, 'holiday'))).toMatchObject({
      code: 'not-a-file',
      message: 'holiday is a folder, not a file',
    });
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      expect(await fault(join(folder, 'pipe'))).toMatchObject({ code: 'not-a-file' });
    }
    await files.close();
  });

  it('removes what a process that died has left, and nothing of one that runs', async () => {
    mkdirSync(join(folder, 'uploads', '4194999'), { recursive: true });
    mkdirSync(join(folder, 'uploads', String(process.ppid)));
    const files = new Files(folder);
    expect(readdirSync(join(folder, 'uploads')).sort()).toEqual(
      [String(process.pid), String(process.ppid)].sort(),
    );
    await files.close();
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\photos\\a.jpg', 'a.jpg'],
    ['a\u0000b\n.png', 'ab.png'],
    ['', 'Untitled'],
    ['dir/', 'Untitled'],
    ['x'.repeat(999), 'x'.repeat(255)],
  ])('shows the name %j as %j', (given, shown) => {
    expect(shownName(given)).toBe(shown);
  });
});

describe('the data folder', () => {
  it.each([
    [{ BURNISH_HOME: '/b' }, 'linux', '/b'],
    [{ XDG_DATA_HOME: '/x' }, 'linux', '/x/burnish'],
    [{}, 'linux', join(homedir(), '.local/share/burnish')],
    [{}, 'darwin', join(homedir(), 'Library/Application Support/Burnish')],
    [{ LOCALAPPDATA: '/local' }, 'win32', '/local/Burnish'],
  ] as const)('with %j on %s is %s', (environment, platform, expected) => {
    expect(dataFolder(environment, platform).replaceAll('\\', '/')).toBe(expected.replaceAll('\\', '/'));
  });
});

describe('recent files', () => {
  const opened = (letter: string, different: Partial<Opened> = {}): Opened => ({
    id: letter.repeat(64),
    name: `${letter}.png`,
    width: 4,
    height: 3,
    path: null,
    bytes: Buffer.from(letter),
    thumbnail: Buffer.from('webp'),
    ...different,
  });

  it('are listed newest first, each once, and survive a restart', async () => {
    const recents = await Recents.open(folder);
    for (const letter of ['a', 'b', 'a']) await recents.add(opened(letter));
    const again = await Recents.open(folder);
    expect(again.list().map(({ name }) => name)).toEqual(['a.png', 'b.png']);
    expect(again.list()[0]).toMatchObject({ width: 4, height: 3, thumbnail: `thumbnails/${'a'.repeat(64)}` });
    expect(Buffer.from((await again.thumbnail('a'.repeat(64))) ?? '').toString()).toBe('webp');
    const found = again.find('b'.repeat(64));
    expect(found).toMatchObject({ name: 'b.png', isCopy: true });
  });

  it('are opened from where they are, and are not copied then', async () => {
    const path = join(folder, 'mine.png');
    writeFileSync(path, 'a');
    const recents = await Recents.open(folder);
    await recents.add(opened('a', { path }));
    expect(recents.find('a'.repeat(64))).toEqual({ path, name: 'a.png', isCopy: false });
    expect(readdirSync(join(folder, 'recent'))).toEqual([`${'a'.repeat(64)}.webp`]);
    await rm(path);
    expect(recents.list()).toEqual([]);
    expect(recents.find('a'.repeat(64))).toBeNull();
  });

  it('are listed without a copy where the file that they were to be copied from is gone by then', async () => {
    const recents = await Recents.open(folder);
    const gone = { path: join(folder, 'gone.burnish'), size: 9 };
    await recents.add(opened('a', { bytes: gone }));
    await recents.add(opened('b'));
    expect(recents.list().map(({ name }) => name)).toEqual(['b.png']);
    expect(readdirSync(join(folder, 'recent')).filter((name) => name.endsWith('.bytes'))).toHaveLength(1);
  });

  it('are bounded, and the copies of those that go, go too', async () => {
    const recents = await Recents.open(folder);
    for (const letter of 'abcdef0123456789') await recents.add(opened(letter));
    expect(recents.list()).toHaveLength(12);
    expect(readdirSync(join(folder, 'recent'))).toHaveLength(24);
  });

  it.each(['', '{', '[{"id":1}]', '[{"id":"../../x","name":"x"}]', '{"__proto__":[]}', '[null]'])(
    'begin anew where the list is %j',
    async (text) => {
      writeFileSync(join(folder, 'recent.json'), text);
      const recents = await Recents.open(folder);
      expect(recents.list()).toEqual([]);
      await recents.add(opened('a'));
      expect((await Recents.open(folder)).list()).toHaveLength(1);
    },
  );

  it('give nothing for an id that they never had', async () => {
    const recents = await Recents.open(folder);
    expect(recents.find('../../etc/passwd')).toBeNull();
    expect(await recents.thumbnail('../recent.json')).toBeNull();
  });
});

describe('an exported file', () => {
  it.each([
    ['harbour.jpg', 'png', 'harbour-edited.png'],
    ['a.b.c.tiff', 'jpeg', 'a.b.c-edited.jpg'],
    ['no ending', 'tiff', 'no ending-edited.tif'],
    ['../../evil.png', 'webp', 'evil-edited.webp'],
    ['con<>:"|?*.png', 'avif', 'con_______-edited.avif'],
    ['.hidden', 'png', 'hidden-edited.png'],
    ['...', 'png', 'picture-edited.png'],
    ['half \ud800.png', 'png', 'half _-edited.png'],
    ['Größe 图.png', 'png', 'Größe 图-edited.png'],
    [`${'🖼'.repeat(300)}.png`, 'png', `${'🖼'.repeat(100)}-edited.png`],
  ] as const)('of %s as %s is called %s', (name, format, expected) => {
    expect(exportName(name, format)).toBe(expected);
  });

  it('is announced by a header that no name can break out of', () => {
    const header = contentDisposition('a"b\\c\r\nX: y; 图é\'.png');
    expect(header).toMatch(/^attachment; filename="[^"\r\n\\]*"; filename\*=UTF-8''[A-Za-z0-9.%_~!-]*$/);
    expect(decodeURIComponent(header.split("UTF-8''")[1])).toBe('a"b\\c\r\nX: y; 图é\'.png');
  });

  it('can be fetched until newer ones push it out', () => {
    const downloads = new Downloads();
    const ids = Array.from({ length: 6 }, (_, index) =>
      downloads.add({ name: `${index}.png`, type: 'image/png', bytes: new Uint8Array(1) }),
    );
    expect(ids.map((id) => downloads.find(id)?.name)).toEqual([
      undefined,
      undefined,
      '2.png',
      '3.png',
      '4.png',
      '5.png',
    ]);
    expect(downloads.find('guess')).toBeUndefined();
  });
});
