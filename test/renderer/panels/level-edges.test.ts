/** Edges on the histogram of what the chosen step meets: dragged or moved by keys they set the operation's own parameters. */

import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { PictureHistogram } from '../../../core/derive/histogram-statistics';
import type { GivenValues } from '../../../core/operation/parameter';
import { operationById } from '../../../core/operations';
import { succeed } from '../../../core/raster/fault';
import HistogramPanel from '../../../renderer/panels/HistogramPanel.svelte';
import { step } from '../../core/document/sample';
import { openSession, show, type OpenSession } from '../../support/open-session';

/** One pixel of every level. */
const histogram: PictureHistogram = {
  channels: 1,
  depth: 8,
  count: 256,
  bins: [new Array<number>(256).fill(1)],
  luma: null,
};

async function shown(operation: string, params: GivenValues): Promise<OpenSession> {
  const open = await openSession();
  open.host.answers['histogram.read'] = () => succeed({ histogram });
  open.host.answers['step.histogram'] = () => succeed({ histogram });
  open.session.preferences.setPanel('Histogram', { open: true });
  await open.document.commit({ type: 'step.add', owner: 'l', step: step('s', operation, params), index: 0 });
  open.document.choice.chooseStep('l', 's');
  show(open.session, HistogramPanel, { document: open.document });
  return open;
}

const edge = (label: string): Promise<HTMLElement> =>
  screen.findByRole('slider', { name: `${label} on the histogram` });
const paramsOf = ({ document }: OpenSession): GivenValues | undefined => document.choice.step?.step.params;
/** The plot is as wide as there are levels, so that a pixel is a level. */
async function plotAround(one: HTMLElement): Promise<HTMLElement> {
  const plot = one.parentElement as HTMLElement;
  plot.getBoundingClientRect = () => new DOMRect(0, 0, 256, 92);
  plot.setPointerCapture = () => undefined;
  return plot;
}

/** jsdom has no pointer events with a place. */
async function pointer(plot: HTMLElement, type: string, clientX: number): Promise<void> {
  await fireEvent(plot, new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, clientX }));
}

const withEdges = [...operationById.values()].filter(({ parameters }) =>
  Object.values(parameters).some((parameter) => parameter.kind === 'number' && parameter.axis === 'in'),
);

describe('the edges of a step', () => {
  it.each(withEdges.map(({ id, parameters }) => [id, parameters] as const))(
    'are there for %s, one a level that goes in',
    async (id, parameters) => {
      const required = Object.entries(parameters).map(([name, parameter]) => [
        name,
        'suggested' in parameter ? parameter.suggested : undefined,
      ]);
      await shown(id, Object.fromEntries(required.filter(([, value]) => value !== undefined)) as GivenValues);
      const names = Object.values(parameters).filter(
        (parameter) => parameter.kind === 'number' && parameter.axis === 'in',
      );
      await waitFor(() => expect(screen.getAllByRole('slider')).toHaveLength(names.length));
    },
  );

  it('are dragged as one step of the history, the nearest to the pointer', async () => {
    const open = await shown('intensitySlice', { low: 100, high: 180 });
    const plot = await plotAround(await edge('Low'));
    await pointer(plot, 'pointerdown', 110.5);
    await pointer(plot, 'pointermove', 60.5);
    await pointer(plot, 'pointermove', 40.5);
    expect(paramsOf(open)).toEqual({ low: 40, high: 180 });
    expect(open.host.payloads('edit.commit')).toHaveLength(1);
    await pointer(plot, 'pointerup', 40.5);
    await waitFor(() => expect(open.host.payloads('edit.commit')).toHaveLength(2));
    expect(paramsOf(open)).toEqual({ low: 40, high: 180 });
    expect((await edge('Low')).getAttribute('aria-valuenow')).toBe('40');
  });

  it('do not pass one another', async () => {
    const open = await shown('intensitySlice', { low: 100, high: 180 });
    const plot = await plotAround(await edge('Low'));
    await pointer(plot, 'pointerdown', 100.5);
    await pointer(plot, 'pointermove', 170.5);
    await pointer(plot, 'pointermove', 230.5);
    await pointer(plot, 'pointerup', 230.5);
    expect(paramsOf(open)).toEqual({ low: 170, high: 180 });
  });

  it('are moved by keys, and forgotten by Escape', async () => {
    const open = await shown('intensitySlice', { low: 100, high: 180 });
    const high = await edge('High');
    await fireEvent.keyDown(high, { key: 'ArrowLeft', shiftKey: true });
    await fireEvent.keyUp(high, { key: 'ArrowLeft' });
    await waitFor(() => expect(paramsOf(open)).toEqual({ low: 100, high: 170 }));
    await fireEvent.keyDown(high, { key: 'End' });
    expect(paramsOf(open)).toEqual({ low: 100, high: 255 });
    await fireEvent.keyDown(high, { key: 'Escape' });
    expect(paramsOf(open)).toEqual({ low: 100, high: 170 });
    expect(open.host.payloads('edit.commit')).toHaveLength(2);
  });

  it('tell the share of the pixels between them', async () => {
    await shown('intensitySlice', { low: 0, high: 63 });
    await edge('Low');
    const region = within(screen.getByRole('region', { name: 'Levels of Intensity slice' }));
    expect(region.getByText('Between them: Grey 25.00 %')).toBeTruthy();
  });
});
