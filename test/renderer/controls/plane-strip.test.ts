/** The planes of the chosen step: a box each with its share; pressing one is one step of the history, whichever kind the parameter is. */

import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { StepPlanes } from '../../../core/derive/plane-energy';
import { planeEnergies } from '../../../core/derive/plane-energy';
import { operationById } from '../../../core/operations';
import { succeed } from '../../../core/raster/fault';
import { planePixels } from '../../../renderer/controls/plane-pixels';
import { shareText } from '../../../renderer/controls/share-text';
import StepProperties from '../../../renderer/panels/StepProperties.svelte';
import { step } from '../../core/document/sample';
import { openSession, show, type OpenSession } from '../../support/open-session';

/** All levels once: every bit is set in half of the pixels. */
const counts = new Float64Array(256).fill(1);
const planes: StepPlanes = {
  depth: 8,
  width: 2,
  height: 1,
  channels: ['R', 'G', 'B'].map((name) => ({ name, planes: planeEnergies(counts, 8), levels: [128, 1] })),
};

async function shown(operation: string, params: Readonly<Record<string, unknown>>): Promise<OpenSession> {
  const open = await openSession();
  open.host.answers['step.planes'] = () => succeed({ planes });
  await open.document.commit({ type: 'step.add', owner: 'l', step: step('s', operation, params), index: 0 });
  open.document.choice.chooseStep('l', 's');
  show(open.session, StepProperties, {
    document: open.document,
    chosen: open.document.choice.step,
    operation: operationById.get(operation),
  });
  await screen.findByText(/of the energy of R/);
  return open;
}

describe('the planes of a step', () => {
  it('are told with their shares, the most significant first', async () => {
    await shown('bitPlaneReconstruct', { planes: [6, 7] });
    const group = within(screen.getByRole('group', { name: 'Planes' }));
    const boxes = group.getAllByRole('checkbox');
    expect(boxes.map((box) => box.getAttribute('aria-label'))).toEqual(
      [7, 6, 5, 4, 3, 2, 1, 0].map((plane) => `Plane ${plane}`),
    );
    // Of Σ 4^p over eight planes the highest has three quarters.
    expect(within(boxes[0].closest('label') as HTMLElement).getByText(/75%/)).toBeTruthy();
    expect(group.getByText(/The chosen planes carry 94 %/)).toBeTruthy();
  });

  it.each([
    ['Plane 0', [0, 6, 7]],
    ['Plane 7', [6]],
  ])('are kept or left out by a press on %s, which is one step of the history', async (name, wanted) => {
    const { host, document } = await shown('bitPlaneReconstruct', { planes: [6, 7] });
    await fireEvent.click(screen.getByRole('checkbox', { name }));
    expect(host.payloads('edit.commit')).toHaveLength(2);
    expect(document.choice.step?.step.params).toEqual({ planes: wanted });
  });

  it('are chosen from where the operation shows a single one', async () => {
    const { document } = await shown('bitPlane', { plane: 7 });
    const group = within(screen.getByRole('radiogroup', { name: 'Planes of the input' }));
    expect((group.getByRole('radio', { name: 'Plane 7' }) as HTMLInputElement).checked).toBe(true);
    await fireEvent.click(group.getByRole('radio', { name: 'Plane 3' }));
    expect(document.choice.step?.step.params).toEqual({ plane: 3 });
  });

  it('are asked for anew only where something beneath the step has changed', async () => {
    const { host, document } = await shown('bitPlaneReconstruct', { planes: [6, 7] });
    const before = host.payloads('step.planes').length;
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Plane 0' }));
    expect(host.payloads('step.planes')).toHaveLength(before);
    await document.commit({ type: 'step.add', owner: 'l', step: step('t', 'negative', {}), index: 0 });
    await Promise.resolve();
    expect(host.payloads('step.planes')).toHaveLength(before + 1);
  });
});

describe('a plane', () => {
  it('is white where its bit is set', () => {
    expect([...planePixels([128, 127], 7)]).toEqual([255, 255, 255, 255, 0, 0, 0, 255]);
  });
});

describe('a share', () => {
  it.each([
    [0, '0 %'],
    [0.0002, '<0.1 %'],
    [0.0123, '1.2 %'],
    [0.71, '71 %'],
    [0.999_9, '>99.9 %'],
    [1, '100 %'],
  ])('%d is %s', (share, text) => expect(shareText(share)).toBe(text));
});
