import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import PropertiesPanel from '../../../renderer/panels/PropertiesPanel.svelte';
import { step } from '../../core/document/sample';
import { openSession, show, type OpenSession } from '../../support/open-session';

let open: OpenSession;
const group = (name: string) => within(screen.getByRole('group', { name }));
const given = (at = 0): unknown => open.document.document.layers[0].stack[at].params;

async function edit(operation: string, params: object): Promise<void> {
  const index = open.document.document.layers[0].stack.length;
  await open.document.commit({
    type: 'step.add',
    owner: 'l',
    step: step(`s${index}`, operation, { ...params }),
    index,
  });
  open.document.choice.chooseStep('l', `s${index}`);
  open.session.focusRequest = `s${index}`;
  show(open.session, PropertiesPanel, { document: open.document });
}

beforeEach(async () => {
  Element.prototype.scrollIntoView = () => undefined;
  open = await openSession();
});

describe('the properties of an operation', () => {
  it('say what to do where none is chosen', () => {
    show(open.session, PropertiesPanel, { document: open.document });
    expect(screen.getByText(/Choose an operation/)).toBeTruthy();
  });

  it('give the focus to the first field, where a number can be typed', async () => {
    await edit('gamma', { gamma: 1 });
    const field = group('Gamma').getByRole('spinbutton', { name: 'Gamma' });
    await vi.waitFor(() => expect(document.activeElement).toBe(field));
    await fireEvent.input(field, { target: { value: '2.2' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(given()).toEqual({ gamma: 2.2 });
    expect(open.host.payloads('edit.preview')).toEqual([]);
  });

  it('give it to the group of an operation that has no parameters', async () => {
    await edit('negative', {});
    await vi.waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('group', { name: 'Negative' })),
    );
  });

  it('are named by the number of the operation too', async () => {
    await edit('gamma', { gamma: 1 });
    await open.document.commit({
      type: 'step.add',
      owner: 'l',
      step: step('t', 'gamma', { gamma: 3 }),
      index: 1,
    });
    open.document.choice.chooseStep('l', 't');
    expect(await screen.findByRole('group', { name: 'Gamma 2' })).toBeTruthy();
    expect(screen.queryByRole('group', { name: 'Gamma' })).toBeNull();
  });

  it('say why a value cannot be, and send nothing', async () => {
    await edit('levels', {});
    const field = group('Levels').getByRole<HTMLInputElement>('spinbutton', { name: 'In black' });
    const sent = open.host.payloads('edit.commit').length;
    await fireEvent.input(field, { target: { value: '255' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(screen.getByRole('alert').textContent).toContain('inBlack');
    expect(open.host.payloads('edit.commit')).toHaveLength(sent);
    expect(field.value).toBe('0');
  });

  it('are set back by Reset', async () => {
    await edit('gamma', { gamma: 3 });
    await fireEvent.click(group('Gamma').getByRole('button', { name: 'Reset Gamma' }));
    expect(given()).toEqual({ gamma: 1 });
  });

  it('limit it to channels and an opacity', async () => {
    await edit('gamma', { gamma: 3 });
    await fireEvent.click(group('Gamma').getByRole('button', { name: /Limit to/ }));
    await fireEvent.change(group('Gamma').getByRole('combobox', { name: 'Channels' }), {
      target: { value: 'luma' },
    });
    expect(open.document.document.layers[0].stack[0].channels).toBe('luma');
  });

  it('show what the operation measured', async () => {
    await edit('logTransform', {});
    open.document.adopt({
      ...open.document.state,
      reported: { s0: { c: [45.98591, 45.98591, 45.98591], max: [255, 254, 255] } },
    });
    expect(await screen.findByText('45.9859')).toBeTruthy();
    expect(screen.getByText('255 254 255')).toBeTruthy();
  });
});

describe('a kernel', () => {
  const cell = (row: number, column: number) =>
    group('Convolve').getByRole<HTMLInputElement>('textbox', { name: `Row ${row}, column ${column}` });

  it('shows the numbers of the one that is named', async () => {
    await edit('convolve', { kernel: 'sharpen' });
    expect(cell(2, 2).value).toBe('5');
    await fireEvent.change(group('Convolve').getByRole('combobox', { name: 'Kernel' }), {
      target: { value: 'box3' },
    });
    expect(cell(2, 2).value).toBe('1');
  });

  it('becomes one’s own with the divisor it had, when a number of it changes', async () => {
    await edit('convolve', { kernel: 'box3' });
    await fireEvent.input(cell(2, 2), { target: { value: '2' } });
    await fireEvent.keyDown(cell(2, 2), { key: 'Enter' });
    expect(given()).toEqual({
      kernel: [
        [1, 1, 1],
        [1, 2, 1],
        [1, 1, 1],
      ],
      divisor: 9,
    });
    await fireEvent.change(group('Convolve').getByRole('combobox', { name: 'Kernel' }), {
      target: { value: 'emboss' },
    });
    expect(given()).toEqual({ kernel: 'emboss', divisor: null });
  });

  it('can be pasted as a table', async () => {
    await edit('convolve', { kernel: 'sharpen' });
    const clipboardData = { getData: () => '1\t2\t3\t4\t5' };
    await fireEvent.paste(cell(1, 1), { clipboardData });
    expect(given()).toEqual({ kernel: [[1, 2, 3, 4, 5]], divisor: 1 });
  });

  it('goes from cell to cell with the arrows', async () => {
    await edit('convolve', { kernel: 'sharpen' });
    cell(1, 1).focus();
    await fireEvent.keyDown(cell(1, 1), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(cell(2, 1));
  });

  it('takes what is typed into the twins of the cell, and leaves a cell alone that is only passed through', async () => {
    const kernel = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ];
    await edit('convolve', { kernel });
    await fireEvent.change(group('Convolve').getByRole('combobox', { name: 'Mirror typing' }), {
      target: { value: 'four' },
    });
    cell(1, 2).focus();
    cell(2, 2).focus();
    expect(given()).toEqual({ kernel });
    await fireEvent.input(cell(1, 1), { target: { value: '0' } });
    await fireEvent.keyDown(cell(1, 1), { key: 'Enter' });
    const filled = [
      [0, 2, 0],
      [4, 5, 6],
      [0, 8, 0],
    ];
    expect(given()).toEqual({ kernel: filled });
    // A number that stands there already is mirrored by Enter.
    await fireEvent.keyDown(cell(1, 2), { key: 'Enter' });
    expect(given()).toMatchObject({ kernel: [[0, 2, 0], filled[1], [0, 2, 0]] });
  });

  it('is normalised by its divisor, where its weights add up to something', async () => {
    await edit('convolve', { kernel: [[1, 2, 1]] });
    const normalise = () => group('Convolve').getByRole<HTMLButtonElement>('button', { name: 'Normalise' });
    expect(screen.getByText(/multiplied by 4/)).toBeTruthy();
    await fireEvent.click(normalise());
    expect(given()).toEqual({ kernel: [[1, 2, 1]], divisor: 4 });
    expect(screen.getByText(/stays as it is/)).toBeTruthy();
    expect(normalise().disabled).toBe(true);
    await fireEvent.change(group('Convolve').getByRole('combobox', { name: 'Kernel' }), {
      target: { value: 'outline' },
    });
    expect(screen.getByText(/edges alone/)).toBeTruthy();
    expect(normalise().disabled).toBe(true);
  });

  it('is turned and flipped as a whole', async () => {
    await edit('convolve', { kernel: 'sobelTop' });
    const press = (name: string) => fireEvent.click(group('Convolve').getByRole('button', { name }));
    await press('Flip top and bottom');
    const flipped = [
      [-1, -2, -1],
      [0, 0, 0],
      [1, 2, 1],
    ];
    expect(given()).toEqual({ kernel: flipped, divisor: 1 });
    await press('Turn by 90°');
    expect(given()).toMatchObject({
      kernel: [
        [1, 0, -1],
        [2, 0, -2],
        [1, 0, -1],
      ],
    });
  });

  it('is shown as it is written beside how it lies, with one weight marked in both', async () => {
    await edit('convolve', { kernel: [[1, 2, 3]] });
    const numbers = (name: string) =>
      within(screen.getByRole('table', { name }))
        .getAllByRole('cell')
        .map((each) => `${each.textContent.trim()}${each.classList.contains('chosen') ? ' marked' : ''}`);
    expect(numbers('As written')).toEqual(['1 marked', '2', '3']);
    expect(numbers('As it lies')).toEqual(['3', '2', '1 marked']);
    await fireEvent.change(group('Convolve').getByRole('combobox', { name: 'Operation' }), {
      target: { value: 'correlation' },
    });
    expect(numbers('As it lies')).toEqual(['1 marked', '2', '3']);
  });

  it('is copied as text that can be pasted again', async () => {
    const written: string[] = [];
    vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void written.push(text) } });
    try {
      await edit('convolve', { kernel: 'emboss' });
      await fireEvent.click(group('Convolve').getByRole('button', { name: 'Copy matrix' }));
      expect(await screen.findByText('Copied')).toBeTruthy();
      await fireEvent.change(group('Convolve').getByRole('combobox', { name: 'Kernel' }), {
        target: { value: 'box3' },
      });
      await fireEvent.paste(cell(1, 1), { clipboardData: { getData: () => written[0] } });
      expect(given()).toMatchObject({
        kernel: [
          [-2, -1, 0],
          [-1, 1, 1],
          [0, 1, 2],
        ],
      });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('leads into its laboratory, which operations without a kernel do not have', async () => {
    await edit('convolve', { kernel: 'box3' });
    await fireEvent.click(group('Convolve').getByRole('button', { name: 'Gallery…' }));
    expect([open.session.dialog, open.session.laboratory]).toEqual(['laboratory', 'gallery']);
    open.session.dialog = null;
    await open.document.commit({
      type: 'step.add',
      owner: 'l',
      step: step('blur', 'boxBlur', { size: 3 }),
      index: 1,
    });
    open.document.choice.chooseStep('l', 'blur');
    await screen.findByRole('group', { name: 'Box blur' });
    expect(screen.queryByRole('button', { name: 'Gallery…' })).toBeNull();
  });

  it('shows its numbers in the list of kernels, not in its name', async () => {
    await edit('convolve', { kernel: 'box3' });
    const list = group('Convolve').getByRole<HTMLSelectElement>('combobox', { name: 'Kernel' });
    const emboss = [...list.options].find(({ value }) => value === 'emboss');
    expect(emboss?.text).toBe('Emboss');
    expect(emboss?.dataset.note).toBe('−2 −1 0\n−1  1 1\n 0  1 2');
  });
});

describe('a chain', () => {
  const chain = () => group('Chain');
  const soften = { id: 'gaussianBlur', params: { sigma: 4 } };

  it('is filled by a built-in recipe, and says which one it is', async () => {
    await edit('chain', { steps: [soften] });
    const recipe = chain().getByRole<HTMLSelectElement>('combobox', { name: 'Built-in recipe' });
    expect(recipe.selectedOptions[0].text).toBe('Own steps');
    await fireEvent.change(recipe, { target: { value: 'Two-tone' } });
    expect(given()).toEqual({
      steps: [
        { id: 'grayscale', params: { method: 'luminosity' } },
        { id: 'autoThreshold', params: { method: 'otsu' } },
      ],
    });
    expect(
      chain()
        .getAllByRole('listitem')
        .map((item) => item.textContent?.trim()),
    ).toEqual([expect.stringContaining('1. Grayscale'), expect.stringContaining('2. Auto threshold')]);
  });

  it('unfolds the values of a step, which change there as anywhere', async () => {
    await edit('chain', { steps: [{ id: 'negative' }, soften] });
    expect(chain().queryByRole('spinbutton', { name: 'Sigma' })).toBeNull();
    const title = chain().getByRole('button', { name: /2\. Gaussian blur/ });
    await fireEvent.click(title);
    expect(title.getAttribute('aria-expanded')).toBe('true');
    const sigma = chain().getByRole('spinbutton', { name: 'Sigma' });
    await fireEvent.input(sigma, { target: { value: '2.5' } });
    await fireEvent.keyDown(sigma, { key: 'Enter' });
    expect(given()).toEqual({
      steps: [{ id: 'negative' }, { id: 'gaussianBlur', params: { sigma: 2.5 } }],
    });
  });

  it('gains, moves and loses steps, and keeps the last one', async () => {
    await edit('chain', { steps: [soften] });
    expect(chain().getByRole<HTMLButtonElement>('button', { name: 'Remove step 1' }).disabled).toBe(true);
    await fireEvent.change(chain().getByRole('combobox', { name: 'Add step' }), {
      target: { value: 'negative' },
    });
    await fireEvent.click(chain().getByRole('button', { name: 'Move step 2 earlier' }));
    expect(given()).toEqual({ steps: [{ id: 'negative', params: {} }, soften] });
    await fireEvent.click(chain().getByRole('button', { name: 'Remove step 2' }));
    expect(given()).toEqual({ steps: [{ id: 'negative', params: {} }] });
  });

  it('shows what each of its steps measured', async () => {
    await edit('chain', { steps: [soften, { id: 'autoThreshold' }] });
    open.document.adopt({ ...open.document.state, reported: { 's0.1': { threshold: 141 } } });
    expect(await screen.findByRole('heading', { name: '2. Auto threshold' })).toBeTruthy();
    expect(screen.getByText('141')).toBeTruthy();
  });
});
