/** The laboratory over a picture of noise: what it shows is the operation's plain definition, what is taken is one step of the history. */

import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkStep } from '../../../core/document/step-check';
import { lumaRegion } from '../../../core/derive/explain';
import { referenceArea } from '../../../core/operation/area';
import type { GivenValues } from '../../../core/operation/parameter';
import { fail, succeed } from '../../../core/raster/fault';
import { createRaster, type Raster, type Region } from '../../../core/raster/raster';
import type { Rectangle } from '../../../core/raster/rectangle';
import App from '../../support/LaboratoryOnly.svelte';
import { step } from '../../core/document/sample';
import { sharedNoise } from '../../support/documents';
import { letDialogsOpen } from '../../support/modal-dialogs';
import { openSession, show, type OpenSession } from '../../support/open-session';

// jsdom has no MathML, into which formulas are set.
vi.mock('temml', () => ({
  default: { render: (latex: string, element: HTMLElement) => (element.textContent = latex) },
}));

let open: OpenSession;
let picture: Raster;

function cut({ x, y, width, height }: Rectangle): Region {
  const raster = createRaster({ ...picture, width, height });
  const line = width * picture.channels;
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * picture.width + x) * picture.channels;
    raster.data.set(picture.data.subarray(start, start + line), row * line);
  }
  return { raster, rectangle: { x, y, width, height } };
}

beforeAll(() => {
  letDialogsOpen();
  Element.prototype.scrollIntoView = () => undefined;
  HTMLCanvasElement.prototype.getContext = () => null;
});

beforeEach(async () => {
  open = await openSession();
  const source = Object.values(open.document.document.sources)[0];
  picture = sharedNoise({ ...source, depth: 8 }, 5);
  vi.spyOn(open.session.stepPictures, 'input').mockImplementation(async (_, level, region) =>
    level === 0 ? succeed(cut(region)) : fail('unsupported', 'no overview here'),
  );
  vi.spyOn(open.session.stepPictures, 'trial').mockImplementation(async (_, __, ___, region) =>
    succeed({ image: document.createElement('canvas'), width: region.width, height: region.height }),
  );
});

const PARAMS: GivenValues = {
  kernel: [
    [1, 2, 3],
    [0, -4, 1],
  ],
  divisor: 3,
  offset: 40,
};

async function laboratory(
  view: OpenSession['session']['laboratory'],
  params = PARAMS,
  add = true,
): Promise<void> {
  if (add)
    await open.document.commit({
      type: 'step.add',
      owner: 'l',
      step: step('s', 'convolve', params),
      index: 0,
    });
  open.document.choice.chooseStep('l', 's');
  open.session.laboratory = view;
  open.session.dialog = 'laboratory';
  show(open.session, App, { document: open.document });
  await screen.findByRole('dialog', { name: 'Convolution laboratory' });
}

const given = (): unknown => open.document.document.layers[0].stack[0].params;
const stored = (): number => Number(screen.getByText('Stored').nextElementSibling?.textContent);
const key = (name: string): Promise<unknown> =>
  fireEvent.keyDown(screen.getByRole('button', { name: /Play|Pause/ }), { key: name });

describe('the torch', () => {
  it('stores what the operation’s definition says, at every cell that it is led to', async () => {
    await laboratory('torch');
    const part = { x: Math.floor(picture.width / 2) - 6, y: Math.floor(picture.height / 2) - 6 };
    const checked = checkStep(step('s', 'convolve', PARAMS), picture);
    if (!checked.ok || checked.value.operation.kind !== 'area') throw new Error('not checked');
    const around = cut({ x: part.x - 4, y: part.y - 4, width: 20, height: 20 }).raster;
    const truth = referenceArea(checked.value.operation, checked.value.values, around);
    const expected = (column: number, row: number, channel: number): number =>
      truth.data[((row + 4) * 20 + column + 4) * truth.channels + channel];
    await screen.findByText('Stored');
    expect(stored()).toBe(expected(0, 0, 0));
    await key('ArrowRight');
    expect(stored()).toBe(expected(1, 0, 0));
    await key('ArrowDown');
    expect(stored()).toBe(expected(1, 1, 0));
    await fireEvent.click(screen.getByRole('radio', { name: 'B' }));
    expect(stored()).toBe(expected(1, 1, 2));
    await key('End');
    expect(stored()).toBe(expected(11, 11, 2));
    expect(screen.getByRole('slider', { name: 'Cell' }).getAttribute('aria-valuetext')).toBe(
      `Cell 144 of 144, row 12, column 12: stored ${stored()}`,
    );
  });

  it('plays and pauses by its button, and ends at the last cell', async () => {
    await laboratory('torch');
    await screen.findByText('Stored');
    vi.useFakeTimers();
    try {
      await fireEvent.click(screen.getByRole('button', { name: 'Play' }));
      await vi.advanceTimersByTimeAsync(1000);
      expect(screen.getByRole('img', { name: /Activation map, 6 of 144/ })).toBeTruthy();
      await fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
      await vi.advanceTimersByTimeAsync(1000);
      expect(screen.getByRole('img', { name: /Activation map, 6 of 144/ })).toBeTruthy();
    } finally {
      vi.useRealTimers();
    }
  });

  it('goes over the part as over a picture of its own, with its size worked out', async () => {
    await laboratory('torch', { kernel: 'sharpen', mode: 'valid', stride: 2 });
    await screen.findByText('Stored');
    await fireEvent.change(screen.getByRole('combobox', { name: 'Part' }), { target: { value: '32' } });
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Stands alone' }));
    expect(await screen.findByText('⌊(32 + 0 − 3)/2⌋ + 1 = 15')).toBeTruthy();
    expect(screen.getByRole('img', { name: 'Activation map, 1 of 225 cells filled' })).toBeTruthy();
  });

  it('says where there is nothing to go over', async () => {
    const kernel = Array.from({ length: 33 }, () => [1]);
    await laboratory('torch', { kernel, mode: 'valid' });
    await screen.findByText('Stored');
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Stands alone' }));
    expect(await screen.findByText(/larger than the picture of 12 × 12/)).toBeTruthy();
    expect(screen.queryByText('Stored')).toBeNull();
  });

  it('does not move by itself where no motion is wanted', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: true }));
    try {
      await laboratory('torch');
      await screen.findByText('Stored');
      expect(screen.queryByRole('button', { name: 'Play' })).toBeNull();
      await fireEvent.click(screen.getByRole('button', { name: 'Next cell' }));
      expect(screen.getByRole('img', { name: /Activation map, 2 of 144/ })).toBeTruthy();
      // The keys lead it at once.
      const controls = screen.getByRole('group', { name: 'Torch' });
      expect(document.activeElement).toBe(controls);
      await fireEvent.keyDown(controls, { key: 'End' });
      expect(screen.getByRole('img', { name: /Activation map, 144 of 144/ })).toBeTruthy();
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('goes over the luma of a step that is limited to it, and says that this comes before the limit', async () => {
    vi.mocked(open.session.stepPictures.input).mockImplementation(async (_, __, region) => {
      const { raster, rectangle } = cut(region);
      return succeed({ raster: lumaRegion({ raster, rectangle }).raster, rectangle });
    });
    const limited = step('s', 'convolve', { kernel: 'identity' }, { channels: 'luma' });
    await open.document.commit({ type: 'step.add', owner: 'l', step: limited, index: 0 });
    await laboratory('torch', { kernel: 'identity' }, false);
    await screen.findByText('Stored');
    expect(screen.queryByRole('radio', { name: 'R' })).toBeNull();
    expect(screen.getByText('Before the step’s channels, opacity and mask.')).toBeTruthy();
    const { x, y } = { x: picture.width / 2 - 6, y: picture.height / 2 - 6 };
    const luma = lumaRegion(cut({ x, y, width: 1, height: 1 })).raster.data[0];
    expect(stored()).toBe(luma);
  });

  it('follows the controls beside it', async () => {
    await laboratory('torch', { kernel: 'identity' });
    await screen.findByText('Stored');
    const before = stored();
    const settings = within(screen.getByRole('group', { name: 'Settings of Convolve' }));
    const offset = settings.getByRole('spinbutton', { name: 'Offset' });
    await fireEvent.input(offset, { target: { value: '255' } });
    await fireEvent.keyDown(offset, { key: 'Enter' });
    await vi.waitFor(() => expect(stored()).toBe(255));
    expect(before).toBeLessThan(255);
    expect(given()).toEqual({ kernel: 'identity', offset: 255 });
  });
});

describe('the gallery', () => {
  it('takes a kernel by a click and by Enter, one step of the history each', async () => {
    await laboratory('gallery');
    const list = within(screen.getByRole('listbox', { name: 'Kernels' }));
    expect(list.getByRole('option', { selected: true }).getAttribute('aria-label')).toBe('Own matrix');
    const entries = (): number => open.document.state.history.length;
    const before = entries();
    await fireEvent.click(list.getByRole('option', { name: 'Emboss' }));
    await vi.waitFor(() => expect(given()).toEqual({ kernel: 'emboss', divisor: null, offset: 40 }));
    expect(entries()).toBe(before + 1);
    const emboss = list.getByRole('option', { name: 'Emboss' });
    expect(emboss.getAttribute('aria-selected')).toBe('true');
    emboss.focus();
    await fireEvent.keyDown(emboss, { key: 'Home' });
    const first = document.activeElement;
    expect(first?.getAttribute('aria-label')).toBe('Identity');
    await fireEvent.keyDown(first ?? emboss, { key: 'Enter' });
    await vi.waitFor(() => expect(given()).toMatchObject({ kernel: 'identity' }));
    expect(screen.getByText('Identity is in the step now')).toBeTruthy();
  });

  it('asks for every kernel with the step’s other values, on the same part of the picture', async () => {
    await laboratory('gallery', { kernel: 'box3', boundary: 'wrap', stride: 2, mode: 'valid' });
    const calls = vi.mocked(open.session.stepPictures.trial).mock.calls;
    await vi.waitFor(() => expect(calls.length).toBe(15));
    const kernels = calls.map(([, params]) => params.kernel);
    expect(new Set(kernels).size).toBe(15);
    for (const [place, params, level, region] of calls) {
      expect(place).toEqual({ document: 'd', owner: 'l', step: 's' });
      expect(params).toMatchObject({ boundary: 'wrap', stride: 2, mode: 'valid' });
      expect(level).toBe(0);
      expect(region).toMatchObject({ width: 80, height: 60 });
    }
  });

  it('marks what is made from the reduced picture', async () => {
    await laboratory('gallery');
    await fireEvent.change(screen.getByRole('combobox', { name: 'Shown' }), { target: { value: 'whole' } });
    expect(await screen.findByText(/≈ Made from the picture at 1\/2/)).toBeTruthy();
    await vi.waitFor(() => expect(screen.getAllByTitle('Made from the reduced picture')).toHaveLength(16));
  });
});

describe('the frequency response', () => {
  it('says what becomes of the wave that is pointed to', async () => {
    await laboratory('response', { kernel: 'box3' });
    const wave = await screen.findByRole('slider', { name: 'Frequency' });
    expect(wave.getAttribute('aria-valuetext')).toBe('u 0.000, v 0.000 cycles a pixel: times 1');
    // 1/3 cycle a pixel is what a box of three pixels takes away; 21/64 is as near as the keys come.
    for (let press = 0; press < 21; press++) await fireEvent.keyDown(wave, { key: 'ArrowRight' });
    const gain = Math.abs(1 + 2 * Math.cos((2 * Math.PI * 21) / 64)) / 3;
    expect(wave.getAttribute('aria-valuetext')).toBe(
      `u 0.328, v 0.000 cycles a pixel: times ${Number(gain.toPrecision(4))}`,
    );
    expect(screen.getByText(/3\.05 px across, constant down/)).toBeTruthy();
    await fireEvent.keyDown(wave, { key: 'Home' });
    expect(screen.getAllByText('Separable: 6 instead of 9 multiplications')).toHaveLength(2);
  });
});

it('turns from view to view with the arrows, and undoes what was tried', async () => {
  await laboratory('torch', { kernel: 'box3' });
  const tab = screen.getByRole('tab', { name: 'Torch' });
  tab.focus();
  await fireEvent.keyDown(tab, { key: 'ArrowRight' });
  expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Gallery' }));
  const list = within(screen.getByRole('listbox', { name: 'Kernels' }));
  await fireEvent.click(list.getByRole('option', { name: 'Emboss' }));
  await vi.waitFor(() => expect(given()).toMatchObject({ kernel: 'emboss' }));
  await fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
  await vi.waitFor(() => expect(given()).toEqual({ kernel: 'box3' }));
  // The first step of the history was the step itself: with it the laboratory goes, and the keys are the window's again.
  await fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(open.session.dialog).toBeNull();
});
