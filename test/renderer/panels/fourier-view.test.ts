/** The spectrum of what a filter meets, with its cutoff as a circle that is dragged and moved by keys; of the picture in a panel. */

import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { spectrumView } from '../../../core/derive/spectrum-view';
import { spectrumOf } from '../../../core/kernels/spectrum';
import type { Answers } from '../../../core/protocol/contract';
import { fail, succeed, type Result } from '../../../core/raster/fault';
import { neverAborted } from '../../../core/raster/signal';
import FourierPanel from '../../../renderer/panels/FourierPanel.svelte';
import {
  frequencyText,
  placeText,
  spectrumNote,
  strengthText,
} from '../../../renderer/panels/fourier/frequency-text';
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
    const magnitude = spectrum.magnitudes[2 * 8 + 6];
    const pointed = { x: 0.25, y: -0.25, magnitude, among: 1 };
    const reading = screen.getByText(/cycles\/px,/, { selector: '.reading' });
    await waitFor(() => expect(reading.textContent).toBe(placeText(pointed) + strengthText(pointed)));
    expect(screen.getByText('The only frequency of its cell.')).toBeTruthy();
    await pointer(plot, 'pointermove', 850, 250);
    await waitFor(() => expect(reading.textContent).toContain('the sum of all levels'));
  });

  it('tells it by the keyboard as well, to who hears it', async () => {
    await shown(true);
    await circle();
    const probe = screen.getByRole('slider', { name: 'Frequency to read' });
    probe.focus();
    const told = (): string | null => probe.getAttribute('aria-valuetext');
    await waitFor(() => expect(told()).toContain('the sum of all levels'));
    await fireEvent.keyDown(probe, { key: 'ArrowRight' });
    await fireEvent.keyDown(probe, { key: 'ArrowUp' });
    const magnitude = spectrum.magnitudes[3 * 8 + 5];
    expect(told()).toBe(frequencyText({ x: 0.125, y: -0.125, magnitude, among: 1 }));
    await fireEvent.keyDown(probe, { key: 'ArrowLeft', shiftKey: true });
    expect(told()).toContain('(−0.5000, −0.1250) cycles/px');
    await fireEvent.keyDown(probe, { key: 'Home' });
    expect(told()).toContain('(0.0000, 0.0000)');
    expect(probe.getAttribute('aria-valuenow')).toBe('0');
  });
});

describe('the spectrum of a picture', () => {
  it('is there without a filter, once the exact picture is', async () => {
    const { host, document } = await shown(false);
    expect(host.payloads('spectrum.read')).toEqual([]);
    document.frames.after = { frame: frameOf({}), picture: { image: new Image(), bytes: 4 } };
    await screen.findByText('Point at a frequency to see how strong it is.');
    expect(host.payloads('spectrum.read')).toEqual([{ document: 'd', channel: 'Luma', step: null }]);
    expect(screen.queryByRole('slider', { name: /on the spectrum/ })).toBeNull();
  });

  it('is not waited for any more when the picture changes, and the old one stays until the new one is there', async () => {
    const { host, document } = await shown(false);
    const answers: ((answer: Result<Answers['spectrum.read']>) => void)[] = [];
    const usual = host.call.bind(host);
    host.call = async (name, payload) => {
      if (name === 'spectrum.cancel') answers.pop()?.(fail('refused', 'cancelled'));
      if (name !== 'spectrum.read') return usual(name, payload);
      void usual(name, payload);
      return new Promise((answer) => answers.push(answer as (typeof answers)[number]));
    };
    const frame = (revision: number, exact = true): void => {
      document.frames.after = {
        frame: frameOf({ revision, exact }),
        picture: { image: new Image(), bytes: 4 },
      };
    };
    const busy = (): string | null =>
      screen.getByRole('region', { name: 'Spectrum' }).getAttribute('aria-busy');
    frame(1);
    await waitFor(() => expect(answers).toHaveLength(1));
    expect([busy(), screen.getByText('Transforming the picture…')]).toBeTruthy();
    answers.pop()?.(succeed({ spectrum }));
    await screen.findByText('Point at a frequency to see how strong it is.');
    expect(busy()).toBe('false');
    frame(2);
    await waitFor(() => expect(busy()).toBe('true'));
    frame(3, false);
    await waitFor(() => expect(host.payloads('spectrum.cancel')).toHaveLength(1));
    await waitFor(() => expect(busy()).toBe('false'));
    expect(screen.getByText('Point at a frequency to see how strong it is.')).toBeTruthy();
    frame(4);
    await waitFor(() => expect(host.payloads('spectrum.read')).toHaveLength(3));
    frame(5);
    await waitFor(() => expect(host.payloads('spectrum.read')).toHaveLength(4));
    expect(host.payloads('spectrum.cancel')).toHaveLength(2);
    cleanup();
    expect(host.payloads('spectrum.cancel')).toHaveLength(3);
  });
});

describe('its parts', () => {
  it('are drawn from black to white, zero frequency beside the scale', () => {
    const logarithms = [10, 30, 20, 12, 99, 10, 10, 10, 10];
    const magnitudes = logarithms.map(Math.expm1);
    const drawn = spectrumPixels({ width: 3, height: 3, magnitudes });
    const levels = (pixels: Uint8ClampedArray): number[] => [...pixels].filter((_, at) => at % 4 === 0);
    expect(levels(drawn).slice(0, 5)).toEqual([0, 255, 128, 26, 255]);
    // Of many cells the strongest thousandth is white: the scale ends before them.
    const many = Array.from({ length: 50 * 50 }, (_, at) => Math.expm1(at < 2 ? 40 : at % 20));
    const shown = levels(spectrumPixels({ width: 50, height: 50, magnitudes: many }));
    expect([shown[0], shown[19], shown[20], shown[30]]).toEqual([255, 255, 0, 134]);
  });

  it('are told in words', () => {
    expect(frequencyText({ x: 0, y: 0, magnitude: Math.expm1(8), among: 1 }).replaceAll('\u00a0', ' ')).toBe(
      '(0.0000, 0.0000) cycles/px, the sum of all levels: |F| = 2,980.0, ln(1 + |F|) = 8.0000. The only frequency of its cell.',
    );
    const several = frequencyText({ x: 0.3, y: -0.4, magnitude: 2, among: 345 }).replaceAll('\u00a0', ' ');
    expect(several).toMatch(/^\(0\.3000, −0\.4000\) cycles\/px, a wave of 2 px: .* strongest of 345 /);
    expect(placeText({ x: 0, y: 1 / 6000, magnitude: 2, among: 1 })).toMatch(/a wave of 6000.px$/);
  });

  it('say what they are: the transform, its cells, or the mean of tiles', () => {
    const raster = noise({ width: 300, height: 20, channels: 1, depth: 8 });
    const note = (most?: number): string =>
      spectrumNote(spectrumView(spectrumOf(raster, 0, neverAborted, most))).replaceAll('\u00a0', ' ');
    expect(spectrumNote(spectrum)).toMatch(/^ln\(1 \+ \|F\|\) of the .* whole picture, −0.5 to 0.5/);
    expect(note()).toContain('300 × 20 frequencies in 257 × 20 cells, each as bright as its strongest');
    expect(note(1)).toMatch(/^≈ .* mean power of 1 tiles of 256 × 20 pixels/);
  });
});
