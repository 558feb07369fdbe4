// The panel over a fake host: what it shows is a plain count of the picture's samples.
import { fireEvent, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { pictureHistogram } from '../../../core/derive/histogram-statistics';
import { measure } from '../../../core/operation/measure';
import { emptyOf, histogramOf, type Histogram } from '../../../core/raster/histogram';
import { createRaster, type Raster } from '../../../core/raster/raster';
import { wholeOf } from '../../../core/raster/rectangle';
import { succeed } from '../../../core/raster/fault';
import HistogramPanel from '../../../renderer/panels/HistogramPanel.svelte';
import { step } from '../../core/document/sample';
import { frameOf } from '../../support/fake-host';
import { openSession, show, type OpenSession } from '../../support/open-session';

const SAMPLES = [
  [0, 10, 255],
  [100, 20, 255],
  [100, 30, 7],
  [200, 40, 255],
] as const;

function picture(): Raster {
  const raster = createRaster({ width: 2, height: 2, channels: 3, depth: 8 });
  raster.data.set(SAMPLES.flat());
  return raster;
}

function lumaOf(raster: Raster): Histogram {
  const measured = measure('lumaHistogram', raster);
  if (measured.kind !== 'histogram') throw new Error('no histogram');
  return measured.histogram;
}

let open: OpenSession;
const panel = () => within(screen.getByRole('region', { name: 'Histogram' }));
const row = async (name: string): Promise<string[]> => {
  const header = await panel().findByRole('rowheader', { name });
  return within(header.closest('tr') as HTMLElement)
    .getAllByRole('cell')
    .map((cell) => cell.textContent);
};

beforeEach(async () => {
  open = await openSession();
  const raster = picture();
  const histogram = pictureHistogram(histogramOf(raster, wholeOf(raster)), lumaOf(raster), 8, false);
  open.host.answers['histogram.read'] = () => succeed({ histogram });
  open.session.preferences.setPanel('Histogram', { open: true });
  show(open.session, HistogramPanel, { document: open.document });
});

describe('the histogram panel', () => {
  it('shows the statistics of the samples, a column a channel', async () => {
    const channels = [0, 1, 2].map((at) => SAMPLES.map((sample) => sample[at]).sort((a, b) => a - b));
    const mean = (levels: readonly number[]): number => levels.reduce((sum, level) => sum + level, 0) / 4;
    expect(await row('Mean')).toEqual(channels.map((levels) => mean(levels).toFixed(2)));
    expect(await row('Deviation')).toEqual(
      channels.map((levels) =>
        Math.sqrt(mean(levels.map((level) => (level - mean(levels)) ** 2))).toFixed(2),
      ),
    );
    expect(await row('Minimum')).toEqual(channels.map(([least]) => String(least)));
    expect(await row('Median')).toEqual(channels.map((levels) => String(levels[1])));
    expect(await row('Maximum')).toEqual(channels.map((levels) => String(levels[3])));
    // Two alike of four, all different, three alike of four.
    expect(await row('Entropy, bits')).toEqual(['1.50', '2.00', '0.81']);
    expect(await row('Clipped low %')).toEqual(['25.00', '0.00', '0.00']);
    expect(await row('Clipped high %')).toEqual(['0.00', '0.00', '75.00']);
    expect(panel().getByText('4 pixels, in levels 0 to 255')).toBeTruthy();
  });

  it('tells the share of a range that is typed', async () => {
    const from = await panel().findByRole('spinbutton', { name: 'From level' });
    await fireEvent.input(from, { target: { value: '15' } });
    await fireEvent.keyDown(from, { key: 'Enter' });
    const to = panel().getByRole('spinbutton', { name: 'To level' });
    await fireEvent.input(to, { target: { value: '100' } });
    await fireEvent.keyDown(to, { key: 'Enter' });
    expect(await row('15–100 %')).toEqual(['50.00', '75.00', '0.00']);
    expect(panel().getByRole('status').textContent).toBe('15–100: R 50.00 %, G 75.00 %, B 0.00 %');
    expect(open.document.marked).toEqual({
      from: 15,
      to: 100,
      depth: 8,
      channels: ['R', 'G', 'B'],
      area: null,
    });
    const area = { shape: 'ellipse', x: 1, y: 2, width: 30, height: 40, inverted: true } as const;
    open.document.selection.set(area);
    await vi.waitFor(() => expect(open.document.marked?.area).toEqual(area));
    open.session.preferences.setPanel('Histogram', { open: false });
    await vi.waitFor(() => expect(open.document.marked).toBeNull());
  });

  it('switches channels, the outline and the scale', async () => {
    const plot = await panel().findByRole('img', { name: 'Histogram of red, green, blue, linear' });
    const [outlines, areas] = ['.outline', '.filled path'].map((selector) => () => [
      ...plot.querySelectorAll(selector),
    ]);
    await vi.waitFor(() => expect(outlines()).toHaveLength(3));
    const linear = areas()[0].getAttribute('d');
    await fireEvent.click(panel().getByRole('checkbox', { name: 'Logarithmic' }));
    expect(areas()[0].getAttribute('d')).not.toBe(linear);
    await fireEvent.click(panel().getByRole('checkbox', { name: 'Red' }));
    await fireEvent.click(panel().getByRole('checkbox', { name: 'Luma' }));
    expect(plot.getAttribute('aria-label')).toBe('Histogram of green, blue, luma, logarithmic');
    expect(
      panel()
        .getAllByRole('columnheader')
        .map((each) => each.textContent.trim()),
    ).toEqual(['Statistic', 'G', 'B', 'Luma']);
    await fireEvent.click(panel().getByRole('checkbox', { name: 'Before' }));
    expect(outlines()).toEqual([]);
    // Switches stay as they are left.
    for (const name of ['Before', 'Luma', 'Red', 'Logarithmic'])
      await fireEvent.click(panel().getByRole('checkbox', { name }));
  });

  it('counts anew with every change of the picture, and not at all while it is closed', async () => {
    const asked = () => open.host.payloads('histogram.read').filter(({ which }) => which === 'after').length;
    const drawn = (generation: number): void => {
      open.document.frames.show({
        frame: frameOf({ generation }),
        picture: { image: new Image(), bytes: 4 },
      });
    };
    await panel().findByRole('table');
    expect(asked()).toBe(1);
    drawn(1);
    await vi.waitFor(() => expect(asked()).toBe(2));
    open.session.preferences.setPanel('Histogram', { open: false });
    await vi.waitFor(() => expect(panel().queryByRole('table')).toBeNull());
    drawn(2);
    await tick();
    expect(asked()).toBe(2);
  });

  it('counts the selection where there is one, or the whole picture beside it', async () => {
    const questions = () => open.host.payloads('histogram.read').filter(({ which }) => which === 'after');
    await panel().findByText('Whole picture');
    expect(panel().queryByRole('radiogroup', { name: 'Counted' })).toBeNull();
    const area = { shape: 'rectangle', x: 1, y: 2, width: 30, height: 40, inverted: false } as const;
    open.document.selection.set(area);
    const own = await panel().findByText('Rectangle of 30 × 40 pixels at 1, 2');
    expect(questions().at(-1)?.selection).toEqual(area);
    await fireEvent.click(panel().getByRole('radio', { name: 'Whole picture' }));
    await vi.waitFor(() => expect(own.textContent).toBe('Whole picture'));
    expect(questions().at(-1)?.selection).toBeNull();
    await fireEvent.click(panel().getByRole('radio', { name: 'Selection' }));
    await vi.waitFor(() => expect(questions().at(-1)?.selection).toEqual(area));
    // What a gesture is about to select is counted while it goes on.
    open.document.selection.draft = { ...area, width: 31 };
    await vi.waitFor(() => expect(questions().at(-1)?.selection?.width).toBe(31));
  });

  it('has no outline of before where a place in it would be another one', async () => {
    const before = () =>
      open.host.payloads('histogram.read').filter(({ which }) => which === 'before').length;
    await vi.waitFor(() => expect(before()).toBe(1));
    const crop = step('c', 'crop', { x: 9, y: 9, width: 100, height: 90 });
    await open.document.commit({ type: 'step.add', owner: 'l', step: crop, index: 0 });
    open.document.selection.set({ shape: 'ellipse', x: 0, y: 0, width: 9, height: 9, inverted: true });
    await panel().findByText('Ellipse of 9 × 9 pixels at 0, 0, inverted');
    expect(before()).toBe(1);
  });

  it('copies what was counted and the table, with its numbers in full', async () => {
    const writeText = vi.fn((_: string) => Promise.resolve());
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    await fireEvent.click(await panel().findByRole('button', { name: 'Copy statistics' }));
    await vi.waitFor(() => expect(panel().getByRole('status').textContent).toBe('Copied.'));
    vi.unstubAllGlobals();
    const lines = writeText.mock.calls[0][0].split('\n').map((line) => line.split('\t'));
    expect(lines.slice(0, 5)).toEqual([
      ['Picture', 'a.png'],
      ['Counted', 'Whole picture'],
      ['Pixels', '4'],
      ['Statistic', 'R', 'G', 'B'],
      ['Mean', '100', '25', '193'],
    ]);
    // Of 0, 100, 100, 200 the variance is 5,000, of 255, 255, 7, 255 it is 248²·3/16.
    expect(lines[5].slice(1).map(Number)).toEqual([
      expect.closeTo(Math.sqrt(5_000), 10),
      expect.closeTo(Math.sqrt(125), 10),
      expect.closeTo((248 * Math.sqrt(3)) / 4, 10),
    ]);
    expect(lines.find(([name]) => name === 'Clipped high %')).toEqual(['Clipped high %', '0', '0', '75']);
  });

  it('says where no pixel is selected, instead of a table of nothing', async () => {
    const nothing = createRaster({ width: 1, height: 1, channels: 3, depth: 8 });
    const empty = emptyOf(histogramOf(nothing, wholeOf(nothing)));
    const histogram = pictureHistogram(empty, emptyOf(lumaOf(nothing)), 8, false);
    open.host.answers['histogram.read'] = () => succeed({ histogram });
    open.document.selection.set({ shape: 'rectangle', x: 0, y: 0, width: 640, height: 480, inverted: true });
    expect(await panel().findByText('No pixel is selected.')).toBeTruthy();
    expect(panel().queryByRole('table')).toBeNull();
    expect(panel().getByRole('button', { name: 'Copy statistics' })).toHaveProperty('disabled', true);
  });
});
