import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Step } from '../../../core/document/document';
import { recipeFromText } from '../../../core/document/recipe-reading';
import type { DocumentState, Payload } from '../../../core/protocol/contract';
import type { NativeDialogs } from '../../../electron/host/dialogs';
import { readZip } from '../../support/read-zip';
import { silentDialogs } from '../support/silent-dialogs';
import { findPython } from '../../../core/node/python/find-python';
import { adding, refusal, step, valueOf } from '../../core/document/sample';
import {
  gradient,
  gradientPng,
  startRealHost,
  writePng,
  type RealHost,
  type TestPage,
} from '../support/real-host';

let real: RealHost;
let page: TestPage;
/** What the dialogs answer next. */
const chosen: { target: string | null; folder: string | null; recipe: string | null } = {
  target: null,
  folder: null,
  recipe: null,
};
const dialogs: NativeDialogs = {
  ...silentDialogs,
  chooseRecipe: () => Promise.resolve(chosen.recipe),
  chooseFolder: () => Promise.resolve(chosen.folder),
  chooseTextTarget: () => Promise.resolve(chosen.target),
};

const negative = step('n', 'negative');
const batchOf = (different: Partial<Payload<'batch.begin'>> = {}): Payload<'batch.begin'> => ({
  steps: [negative],
  inputs: [{ name: 'a.png', file: null }],
  options: { format: 'png' },
  template: '{name}-edited.{ext}',
  folder: null,
  replace: false,
  ...different,
});

async function download(path: string): Promise<Uint8Array> {
  const response = await real.host.resources(new Request(`http://host/${path}`));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function samples(bytes: Uint8Array): Promise<number[]> {
  return [...(await sharp(bytes).removeAlpha().raw().toBuffer())];
}

async function withSteps(...steps: readonly Step[]): Promise<DocumentState> {
  const state = await page.open(await gradientPng(24, 16), 'harbour.png');
  let { document } = state;
  for (const each of steps) {
    const command = adding(document, each, document.layers[0].id);
    const from = page.events.length;
    await page.call('edit.commit', { document: document.id, generation: page.next(), command });
    ({ document } = await page.event('document.changed', () => true, from));
  }
  return { ...state, document };
}

describe('a host without native dialogs', () => {
  beforeAll(async () => {
    real = await startRealHost();
    page = real.page();
  });
  afterAll(() => real.stop());

  it('gives chosen steps as a recipe, and reads it back', async () => {
    const { document } = await withSteps(negative, step('g', 'gamma', { gamma: 2.2 }));
    const layer = document.layers[0].id;
    const { text } = await page.call('recipe.text', {
      document: document.id,
      layer,
      steps: ['g'],
      keep: false,
    });
    expect(valueOf(recipeFromText(text)).operations.map(({ operation }) => operation)).toEqual(['gamma']);
    const saved = await page.call('recipe.save', {
      document: document.id,
      layer,
      steps: ['n', 'g'],
      keep: false,
      name: '../Soft / light',
    });
    expect(saved.name).toBe('_Soft _ light.json');
    const bytes = await download(saved.download ?? '');
    const file = await page.upload(bytes, 'soft.json');
    const read = await page.call('recipe.read', { file });
    expect(read.name).toBe('soft');
    expect(read.operations.map(({ operation }) => operation)).toEqual(['negative', 'gamma']);
  });

  it('measures anew on the next picture, or takes along what was measured here', async () => {
    const { document } = await withSteps(step('m', 'logTransform'), negative);
    const chosenSteps = { document: document.id, layer: document.layers[0].id, steps: ['m', 'n'] };
    const recipe = async (keep: boolean) => {
      const { text } = await page.call('recipe.text', { ...chosenSteps, keep });
      return valueOf(recipeFromText(text)).operations.map(({ measured }) => measured);
    };
    expect(await recipe(false)).toEqual([null, null]);
    const [kept, nothing] = await recipe(true);
    expect(kept).toMatchObject({ max: expect.anything() });
    expect(nothing).toBeNull();
    expect(await page.call('recipe.measured', chosenSteps)).toEqual({ measured: { m: kept } });
  });

  it('refuses a recipe by the name of the file and the place in it', async () => {
    const file = await page.upload(
      Buffer.from('{"burnish":1,"operations":[{"id":"boxBlur","params":{"sise":3}}]}'),
      'soft.json',
    );
    expect(refusal(await page.ask('recipe.read', { file }))).toBe(
      'soft.json: operations[0].params.sise: unknown parameter; did you mean "size"?',
    );
  });

  it('keeps a second picture open for the document that took over the step', async () => {
    const from = await page.open(await gradientPng(24, 16), 'first.png');
    const second = await page.call('source.open', {
      document: from.document.id,
      file: await page.upload(
        await sharp(await gradientPng(24, 16))
          .negate()
          .png()
          .toBuffer(),
        'second.png',
      ),
    });
    const to = await page.open(await gradientPng(24, 16), 'to.png');
    const blend = step('b', 'blend', { mode: 'multiply', source: second.source.id });
    const command = {
      type: 'recipe.apply',
      time: 0,
      owner: to.document.layers[0].id,
      name: '',
      steps: [blend],
      index: 0,
      sources: [second.source],
    } as const;
    await page.call('edit.commit', { document: to.document.id, generation: page.next(), command });
    await page.call('document.close', { document: from.document.id });
    const { levels } = await page.call('pixel.read', { document: to.document.id, x: 5, y: 7 });
    expect(levels).toHaveLength(3);
  });

  it('does the files of a batch, one that is broken among them, and hands the results over as an archive', async () => {
    const names = ['a.png', 'b.png', 'c.png'];
    const { batch } = await page.call(
      'batch.begin',
      batchOf({ inputs: names.map((name) => ({ name, file: null })) }),
    );
    const contents = [await gradientPng(20, 10), Buffer.from('no picture'), await gradientPng(12, 9)];
    const answers = await Promise.all(
      names.map(async (name, index) =>
        page.ask('batch.file', { batch, index, file: await page.upload(contents[index], name) }),
      ),
    );
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true]);
    const { download: path } = await page.call('batch.end', { batch });
    const files = await readZip(await download(path ?? ''));
    expect([...files.keys()].sort()).toEqual(['a-edited.png', 'c-edited.png']);
    expect(await samples(files.get('a-edited.png') ?? Buffer.of())).toEqual(
      [...gradient(20, 10)].map((level) => 255 - level),
    );
  });

  it('ends a batch early with what was done until then', async () => {
    const inputs = ['a.png', 'b.png'].map((name) => ({ name, file: null }));
    const { batch } = await page.call('batch.begin', batchOf({ inputs }));
    const file = await page.upload(await gradientPng(20, 10), 'a.png');
    await page.call('batch.file', { batch, index: 0, file });
    const late = page.upload(await gradientPng(400, 300), 'b.png').then((second) => {
      const answer = page.ask('batch.file', { batch, index: 1, file: second });
      return Promise.all([answer, page.call('batch.end', { batch })]);
    });
    const [answer, { download: path }] = await late;
    expect(refusal(answer)).toBe('cancelled');
    expect([...(await readZip(await download(path ?? ''))).keys()]).toEqual(['a-edited.png']);
    expect(await page.ask('batch.file', { batch, index: 1, file })).toMatchObject({ ok: false });
  });

  it('ends the batches of a page that is gone', async () => {
    const { batch } = await page.call('batch.begin', batchOf());
    page.line.close();
    page = real.page();
    const file = await page.upload(await gradientPng(20, 10), 'a.png');
    expect(refusal(await page.ask('batch.file', { batch, index: 0, file }))).toMatch(/ended/);
  });

  it.each([
    [{ template: '{nam}.{ext}' }, /unknown placeholder \{nam\}/],
    [{ template: 'out/{name}.{ext}' }, /without folders/],
    [{ template: '{name}' }, /does not say/],
    [{ template: '{name}.jpg' }, /does not say PNG/],
    [{ inputs: [] }, /no files/],
    [{ inputs: ['a.png', 'A.jpg'].map((name) => ({ name, file: null })) }, /both a\.png and A\.jpg/],
    [{ steps: [step('g', 'gamma', { gamma: -1 })] }, /^Gamma: /],
    [{ steps: [step('b', 'blend', { source: 'f'.repeat(64) })] }, /^Blend: its second picture/],
  ])('refuses a batch that could not work: %j', async (different, wording) => {
    expect(refusal(await page.ask('batch.begin', batchOf(different)))).toMatch(wording);
  });

  it('gives the edit as a script, which names pictures by their names where it does not know more', async () => {
    const { document } = await withSteps(negative);
    const { text, name, nameless } = await page.call('script.make', { document: document.id });
    expect(name).toBe('harbour.py');
    expect(nameless).toEqual(['harbour.png']);
    expect(text).toContain('PICTURES = ["harbour.png"]');
    const saved = await page.call('script.save', { document: document.id });
    expect(Buffer.from(await download(saved.download ?? '')).toString()).toBe(text);
  });
});

describe('the proof of a script', () => {
  it('says that there is no Python where there is none', async () => {
    real = await startRealHost({ findPython: () => Promise.resolve(null) });
    page = real.page();
    const { document } = await withSteps(negative);
    const verdict = await page.call('script.verify', { document: document.id });
    expect(verdict).toEqual({
      kind: 'unverified',
      reason: 'no Python with numpy, scipy and Pillow was found',
    });
    await real.stop();
  });

  it('runs it on the files as they were opened, and counts every sample', async ({ skip }) => {
    if ((await findPython()) === null) skip('no Python with numpy, scipy and Pillow');
    real = await startRealHost();
    page = real.page();
    const { document } = await withSteps(negative, step('b', 'boxBlur', { size: 3 }));
    const png = await page.call('script.verify', { document: document.id });
    expect(png).toEqual({ kind: 'identical', samples: 24 * 16 * 3, decoding: null });
    // Whatever Pillow makes of a JPEG, the edit is proven from the same decoded samples.
    const jpeg = await sharp(await gradientPng(40, 30))
      .jpeg({ quality: 60 })
      .toBuffer();
    const photo = (await page.open(jpeg, 'a photo.jpg')).document;
    const command = adding(photo, step('p', 'negative'), photo.layers[0].id);
    await page.call('edit.commit', { document: photo.id, generation: page.next(), command });
    const lossy = await page.call('script.verify', { document: photo.id });
    expect(lossy).toMatchObject({ kind: 'identical', samples: 40 * 30 * 3 });
    const stopped = page.ask('script.verify', { document: photo.id });
    await page.call('script.cancel', { document: photo.id });
    expect(refusal(await stopped)).toBe('cancelled');
    await real.stop();
  });
});

describe('a host with native dialogs', () => {
  beforeAll(async () => {
    real = await startRealHost({ dialogs, shell: 'electron' });
    page = real.page();
  });
  afterAll(() => real.stop());

  it('writes the results of a batch into the chosen folder, and replaces nothing unless asked', async () => {
    const input = join(real.folder, 'pictures');
    const output = join(real.folder, 'results');
    await mkdir(input);
    await mkdir(output);
    for (const name of ['a.png', 'b.png']) await writePng(input, name);
    await writeFile(join(input, 'notes.txt'), 'not a picture');
    await writeFile(join(output, 'b-edited.png'), 'precious');
    chosen.folder = input;
    const { files } = await page.call('batch.chooseInputs', {});
    expect(files.map(({ name }) => name)).toEqual(['a.png', 'b.png']);
    chosen.folder = output;
    const { folder } = await page.call('batch.chooseTarget', {});
    const run = async (replace: boolean) => {
      const inputs = files.map(({ name, handle }) => ({ name, file: handle }));
      const { batch } = await page.call(
        'batch.begin',
        batchOf({ inputs, folder: folder?.handle ?? null, replace }),
      );
      const answers = [];
      for (const [index, { handle }] of files.entries())
        answers.push(await page.ask('batch.file', { batch, index, file: handle }));
      expect(await page.call('batch.end', { batch })).toEqual({ name: null, download: null });
      return answers;
    };
    const [first, second] = await run(false);
    expect(first).toMatchObject({ ok: true, value: { name: 'a-edited.png' } });
    expect(refusal(second)).toMatch(/^b-edited\.png exists already; choose another name, or let/);
    expect(await readFile(join(output, 'b-edited.png'), 'utf8')).toBe('precious');
    const again = await run(true);
    expect(again.map(({ ok }) => ok)).toEqual([true, true]);
    expect((await readdir(output)).sort()).toEqual(['a-edited.png', 'b-edited.png']);
  });

  it('refuses results that would replace another of the pictures', async () => {
    const folder = join(real.folder, 'same');
    await mkdir(folder);
    for (const name of ['a.png', 'a-edited.png']) await writePng(folder, name);
    chosen.folder = folder;
    const { files } = await page.call('batch.chooseInputs', {});
    const target = await page.call('batch.chooseTarget', {});
    const inputs = files.map(({ name, handle }) => ({ name, file: handle }));
    const begun = await page.ask(
      'batch.begin',
      batchOf({ inputs, folder: target.folder?.handle ?? null, replace: true }),
    );
    expect(refusal(begun)).toMatch(/^a-edited\.png: it is one of the pictures/);
  });

  it('writes a recipe and a script where the dialog says, and names the files by their paths', async () => {
    const path = await writePng(real.folder, 'harbour.png');
    await real.host.openFiles([path]);
    const { document } = await page.event('document.changed');
    chosen.target = join(real.folder, 'mine.py');
    expect(await page.call('script.save', { document: document.id })).toEqual({
      name: 'mine.py',
      download: null,
    });
    expect(await readFile(chosen.target, 'utf8')).toContain(`PICTURES = ["${path}"]`);
    expect((await page.call('script.make', { document: document.id })).nameless).toEqual([]);
    chosen.target = null;
    const cancelled = await page.call('script.save', { document: document.id });
    expect(cancelled).toEqual({ name: null, download: null });
  });
});
