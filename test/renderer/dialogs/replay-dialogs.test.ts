import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, succeed } from '../../../core/raster/fault';
import ApplyRecipeDialog from '../../../renderer/dialogs/ApplyRecipeDialog.svelte';
import BatchDialog from '../../../renderer/dialogs/BatchDialog.svelte';
import PythonDialog from '../../../renderer/dialogs/PythonDialog.svelte';
import SaveRecipeDialog from '../../../renderer/dialogs/SaveRecipeDialog.svelte';
import { source, step } from '../../core/document/sample';
import { letDialogsOpen } from '../../support/modal-dialogs';
import { openSession, show, type OpenSession } from '../../support/open-session';

let open: OpenSession;
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const box = (name: string) =>
  screen.getByRole<HTMLInputElement>('checkbox', { name: new RegExp(`^${name}`) });
const layer = () => open.document.document.layers[0];
const recipeFile = { file: { handle: 'r', name: 'soft.json' } };

beforeEach(async () => {
  letDialogsOpen();
  open = await openSession();
  open.session.nativeDialogs = true;
  const added = [
    step('g', 'gamma', { gamma: 2.2 }),
    step('c', 'crop', { x: 0, y: 0, width: 100, height: 80 }),
  ];
  for (const [index, each] of added.entries())
    await open.document.commit({ type: 'step.add', owner: 'l', step: each, index });
});

describe('saving a recipe', () => {
  beforeEach(() => show(open.session, SaveRecipeDialog, { document: open.document, layer: layer() }));

  it('takes every operation along but those that were made for this picture', () => {
    expect(box('Gamma').checked).toBe(true);
    expect(box('Crop').checked).toBe(false);
  });

  it('saves what is ticked, under the name that was typed', async () => {
    open.host.answers['recipe.save'] = () => succeed({ name: 'soft.json', download: null });
    await fireEvent.click(box('Crop'));
    await fireEvent.click(box('Gamma'));
    await fireEvent.input(screen.getByRole('textbox', { name: 'Name' }), { target: { value: 'soft' } });
    await fireEvent.click(button('Save'));
    const asked = { document: 'd', layer: 'l', steps: ['c'], keep: false, name: 'soft' };
    await vi.waitFor(() => expect(open.host.payloads('recipe.save')).toEqual([asked]));
  });

  it('says in the dialog why it could not be saved', async () => {
    open.host.answers['recipe.save'] = () =>
      fail('no-space', 'soft.json: the disk is full', 'free some space');
    await fireEvent.click(button('Save'));
    expect((await screen.findByRole('alert')).textContent).toMatch(/the disk is full.*Free some space/);
  });

  it('saves nothing where nothing is ticked', async () => {
    await fireEvent.click(box('Gamma'));
    expect(button('Save').disabled).toBe(true);
    expect(button('Copy as text').disabled).toBe(true);
  });
});

describe('applying a recipe', () => {
  beforeEach(() => {
    open.host.answers['recipe.choose'] = () => succeed(recipeFile);
    show(open.session, ApplyRecipeDialog, { document: open.document, layer: layer() });
  });

  it('puts the operations onto the chosen layer, as one step of the history', async () => {
    const { id: _, ...negative } = step('', 'negative');
    open.host.answers['recipe.read'] = () => succeed({ name: 'soft', operations: [negative, negative] });
    const before = open.document.state.history.length;
    await fireEvent.click(button('Choose recipe…'));
    await screen.findByRole('checkbox', { name: /^Negative 2/ });
    await fireEvent.click(button('Apply'));
    await vi.waitFor(() => expect(open.document.state.history).toHaveLength(before + 1));
    expect(open.document.state.history.at(-1)?.text).toBe('Applied soft (2 operations) to Background');
    const [, , ...applied] = layer().stack;
    expect(applied.map(({ operation }) => operation)).toEqual(['negative', 'negative']);
    expect(new Set(applied.map(({ id }) => id)).size).toBe(2);
  });

  it('tells what is wrong in the recipe by its place', async () => {
    open.host.answers['recipe.read'] = () => fail('bad-recipe', 'soft.json: operations[0].id: missing');
    await fireEvent.click(button('Choose recipe…'));
    expect((await screen.findByRole('alert')).textContent).toContain('soft.json: operations[0].id: missing');
    expect(button('Apply').disabled).toBe(true);
  });

  it('asks for the file of a second picture before it applies', async () => {
    const { id: _, ...blend } = step('', 'blend', { mode: 'multiply', source: 'pics/sky.png' });
    open.host.answers['recipe.read'] = () => succeed({ name: 'sky', operations: [blend] });
    const second = source('b', { width: 100, height: 80 });
    open.host.answers['files.choose'] = () => succeed({ files: [{ handle: 'f', name: 'b.png' }] });
    open.host.answers['source.open'] = () => succeed({ source: second, notices: [] });
    await fireEvent.click(button('Choose recipe…'));
    await fireEvent.click(await screen.findByRole('button', { name: 'Choose sky.png…' }));
    await vi.waitFor(() => expect(button('Apply').disabled).toBe(false));
    await fireEvent.click(button('Apply'));
    await vi.waitFor(() => expect(layer().stack).toHaveLength(3));
    expect(layer().stack[2].params.source).toBe(second.id);
    expect(open.document.document.sources[second.id].name).toBe('b.png');
  });
});

describe('applying to files', () => {
  const names = ['a.png', 'broken.png', 'c.png'];

  beforeEach(() => {
    open.host.answers['files.choose'] = () =>
      succeed({ files: names.map((name) => ({ handle: `h-${name[0]}`, name })) });
    open.host.answers['batch.chooseTarget'] = () => succeed({ folder: { handle: 'out', name: '/out' } });
    open.host.answers['batch.begin'] = () => succeed({ batch: 'b' });
    open.host.answers['batch.end'] = () => succeed({ name: null, download: null });
    show(open.session, BatchDialog);
  });

  const chooseAll = async (): Promise<void> => {
    await fireEvent.click(button('Choose files…'));
    await fireEvent.click(button('Choose folder for results…'));
    await vi.waitFor(() => expect(button(/^Apply to 3 files/).disabled).toBe(false));
  };

  it('says what is still to be chosen', async () => {
    expect(screen.getByText('Choose the files.')).toBeTruthy();
    await fireEvent.click(button('Choose files…'));
    expect(await screen.findByText('Choose a folder for the results.')).toBeTruthy();
  });

  it('goes on after a file that fails, and reports the failures first', async () => {
    // Files are asked for in their order, two at a time.
    let index = -1;
    open.host.answers['batch.file'] = () => {
      index++;
      return index === 1
        ? fail('unsupported', 'this kind of file is not supported')
        : succeed({ name: `${names[index][0]}-edited.png`, notices: [] });
    };
    await chooseAll();
    await fireEvent.click(button(/^Apply to/));
    const report = within(await screen.findByRole('region', { name: 'Report' }));
    expect(screen.getByRole('status', { name: 'Result' }).textContent).toBe(
      '2 of 3 written to /out; 1 failed.',
    );
    const [failed, written] = report.getAllByRole('list');
    expect(failed.textContent).toMatch(/broken\.png.*This kind of file is not supported\./);
    expect(within(written).getAllByRole('listitem')).toHaveLength(2);
    const [begun] = open.host.payloads('batch.begin');
    expect(begun.steps.map(({ operation }) => operation)).toEqual(['gamma']);
    expect(begun).toMatchObject({ folder: 'out', replace: false, template: '{name}-edited.{ext}' });
  });

  it('stays where it was when the host refuses to begin', async () => {
    open.host.answers['batch.begin'] = () => fail('usage', '{nam}: unknown placeholder', 'use {name}');
    await chooseAll();
    await fireEvent.click(button(/^Apply to/));
    expect((await screen.findByRole('alert')).textContent).toContain('{nam}: unknown placeholder');
    expect(open.host.payloads('batch.file')).toEqual([]);
  });

  it('stops when it is cancelled, and says how far it came', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { call } = open.host;
    vi.spyOn(open.host, 'call').mockImplementation(async (name, payload) => {
      if (name === 'batch.file') await held;
      return call.call(open.host, name, payload) as never;
    });
    open.host.answers['batch.file'] = () => fail('refused', 'cancelled');
    await chooseAll();
    await fireEvent.click(button(/^Apply to/));
    await screen.findByRole('progressbar', { name: 'Files done' });
    await fireEvent.click(button('Cancel'));
    release();
    expect((await screen.findByRole('status', { name: 'Result' })).textContent).toBe(
      'Nothing was written; stopped before 3 were done.',
    );
    expect(open.host.payloads('batch.file').length).toBeLessThanOrEqual(2);
    expect(open.host.payloads('batch.end')).toHaveLength(1);
  });
});

describe('the script', () => {
  beforeEach(() => {
    open.host.answers['script.make'] = () =>
      succeed({ text: 'import numpy as np\n', name: 'a.py', nameless: ['a.png'] });
    show(open.session, PythonDialog, { document: open.document });
  });

  it('has the focus as soon as it is there, so that the arrow keys scroll it', async () => {
    expect(await screen.findByRole('region', { name: 'Script' })).toBe(document.activeElement);
  });

  it('is shown with what it needs and where it looks for the picture', async () => {
    expect((await screen.findByRole('region', { name: 'Script' })).textContent).toContain('numpy as np');
    expect(screen.getByText(/looks for a\.png in the folder where it is run/)).toBeTruthy();
  });

  it.each([
    [{ kind: 'identical', samples: 37_324_800, decoding: null }, 'Identical: all 37,324,800 samples.'],
    [
      { kind: 'identical', samples: 1000, decoding: { samples: 12, largest: 1 } },
      "Identical: all 1,000 samples, from what Burnish decoded. Pillow's own decoding changes 12 samples, by up to 1 level.",
    ],
    [
      { kind: 'differs', samples: 12, of: 1000, largest: 3 },
      'Differs in 12 of 1,000 samples, by up to 3 levels.',
    ],
    [
      { kind: 'unverified', reason: 'no Python with numpy, scipy and Pillow was found' },
      'Not verified here: no Python with numpy, scipy and Pillow was found.',
    ],
  ] as const)('is verified: %j', async (verdict, text) => {
    open.host.answers['script.verify'] = () => succeed(verdict);
    await screen.findByRole('region', { name: 'Script' });
    await fireEvent.click(button('Verify'));
    await vi.waitFor(() =>
      expect(screen.getByRole('status', { name: 'Verification' }).textContent?.trim()).toBe(text),
    );
  });
});
