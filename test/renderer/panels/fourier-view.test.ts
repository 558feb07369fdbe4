/** The spectrum of what a filter meets, with its cutoff as a circle that is dragged and moved by keys; of the picture in a panel. */

import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { spectrumView } from '../../../core/derive/spectrum-view';
import { spectrumOf } from '../../../core/kernels/spectrum';
import { succeed } from '../../../core/raster/fault';
import { neverAborted } from '../../../core/raster/signal';
import FourierPanel from '../../../renderer/panels/FourierPanel.svelte';
import { frequencyText } from '../../../renderer/panels/fourier/frequency-text';
import { spectrumPixels } from '../../../renderer/panels/fourier/spectrum-pixels';
import { step } from '../../core/document/sample';
import { frameOf } from '../../support/fake-host';
import { openSession, show, type OpenSession } from '../../support/open-session';
import { noise } from '../../support/rasters';

const spectrum = spectrumView(
  spectrumOf(noise({ width: 8, height: 8, channels: 1, depth: 8 }), 0, neverAborted),
);

async function shown(filtered: boolean): Promise<OpenSession> {
  const open = await openSession();
  open.host.answers['spectrum.read'] = () => succeed({ spectrum });
  open.session.preferences.setPanel('Fourier', { open: true });
  const filter = step('s', 'fourierFilter', { type: 'lowPass', cutoff: 0.1 });
  if (filtered) {
    await open.document.commit({ type: 'step.add', owner: 'l', step: filter, index: 0 });
    open.document.choice.chooseStep('l', 's');
  }
  show(open.session, FourierPanel, { document: open.document });
  return open;
}

const circle = (): Promise<HTMLElement> => screen.findByRole('slider', { name: 'Cutoff on the spectrum' });
const cutoffOf = ({ document }: OpenSession): unknown => document.choice.step?.step.params.cutoff;

/** jsdom has no pointer events with a place. */
async function pointer(plot: HTMLElement, type: string, clientX: number, clientY: number): Promise<void> {
  await fireEvent(
    plot,
    new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, clientX, clientY }),
  );
}

describe('the spectrum of what a filter meets', () => {
  it('is asked for by the step, and has its cutoff as a circle', async () => {
    const { host } = await shown(true);
    expect((await circle()).getAttribute('aria-valuenow')).toBe('0.1');
    expect(host.payloads('spectrum.read')).toEqual([
      { document: 'd', channel: 'Luma', step: { owner: 'l', step: 's' } },
    ]);
    expect(screen.getByText('What Fourier filter meets')).toBeTruthy();
    expect(screen.getByText(/transform of the whole picture/)).toBeTruthy();
  });

  it('has its circle dragged as one step of the history', async () => {
    const open = await shown(true);
    const plot = (await circle()).parentElement as HTMLElement;
    plot.getBoundingClientRect = () => new DOMRect(0, 0, 800, 800);
    plot.setPointerCapture = () => undefined;
    // Zero frequency is the middle of place 4 of 8: (450, 450); a cycle per pixel is 800.
    await pointer(plot, 'pointerdown', 450 + 100, 450);
    await pointer(plot, 'pointermove', 450 - 200, 450);
    expect(cutoffOf(open)).toBe(0.25);
    await pointer(plot, 'pointermove', 450, 450 + 120);
    await pointer(plot, 'pointerup', 450, 450 + 120);
    await waitFor(() => expect(open.host.payloads('edit.commit')).toHaveLength(2));
    expect(cutoffOf(open)).toBe(0.15);
    expect(open.host.payloads('spectrum.read')).toHaveLength(1);
  });

  it('has it moved by keys, and forgotten by Escape', async () => {
    const open = await shown(true);
    const slider = await circle();
    await fireEvent.keyDown(slider, { key: 'ArrowRight', shiftKey: true });
    await fireEvent.keyUp(slider, { key: 'ArrowRight' });
    await waitFor(() => expect(cutoffOf(open)).toBe(0.11));
    await fireEvent.keyDown(slider, { key: 'End' });
    expect(cutoffOf(open)).toBe(0.75);
    await fireEvent.keyDown(slider, { key: 'Escape' });
    expect(cutoffOf(open)).toBe(0.11);
  });

  it('tells the frequency under the pointer', async () => {
    await shown(true);
    const plot = (await circle()).parentElement as HTMLElement;
    plot.getBoundingClientRect = () => new DOMRect(0, 0, 800, 800);
    await pointer(plot, 'pointermove', 650, 250);
    const logarithm = spectrum.logarithms[2 * 8 + 6] / 1e4;
    const told = frequencyText({ x: 0.25, y: -0.25, logarithm }).replaceAll('\u00a0', ' ');
    expect(screen.getByText(told)).toBeTruthy();
  });
});

describe('the spectrum of a picture', () => {
  it('is there without a filter, once the exact picture is', async () => {
    const { host, document } = await shown(false);
    expect(host.payloads('spectrum.read')).toEqual([]);
    document.frames.after = { frame: frameOf({}), picture: { image: new Image(), bytes: 4 } };
    await screen.findByText('Point at a frequency to see how strong it is.');
    expect(host.payloads('spectrum.read')).toEqual([{ document: 'd', channel: 'Luma', step: null }]);
    expect(screen.queryByRole('slider')).toBeNull();
  });
});

describe('its parts', () => {
  it('are drawn from black to white', () => {
    expect([...spectrumPixels([10, 30, 20])].filter((_, at) => at % 4 === 0)).toEqual([0, 255, 128]);
  });

  it('are told in words', () => {
    expect(frequencyText({ x: 0, y: 0, logarithm: 1 })).toBe(
      '(0.000, 0.000) cycles/px, the mean: ln(1\u00a0+\u00a0|F|)\u00a0=\u00a01.0000',
    );
    expect(frequencyText({ x: 0.3, y: -0.4, logarithm: 2 })).toContain(
      '(0.300, −0.400) cycles/px, a wave of 2.0 px',
    );
  });
});
