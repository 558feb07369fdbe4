import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NumberGesture, type NumberListener } from '../../../renderer/controls/gesture.svelte';
import NumberRow from '../../../renderer/controls/NumberRow.svelte';

const listener = { preview: vi.fn(), commit: vi.fn(), abandon: vi.fn() } satisfies NumberListener;
const reset = vi.fn();
const values = (call: ReturnType<typeof vi.fn>): unknown[] => call.mock.calls.map(([value]) => value);

function setUp(value = 1) {
  render(NumberRow, {
    label: 'Gamma',
    gesture: new NumberGesture(() => value, listener),
    range: { min: 0.01, max: 10, step: 0.01 },
    span: [0.1, 4],
    reset,
  });
  return {
    slider: screen.getByRole<HTMLInputElement>('slider', { name: 'Gamma' }),
    field: screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Gamma' }),
  };
}

beforeEach(() => vi.clearAllMocks());

/** What the browser does when the thumb is moved. */
async function drag(slider: HTMLInputElement, ...to: readonly number[]): Promise<void> {
  await fireEvent.pointerDown(slider);
  for (const value of to) {
    slider.value = String(value);
    await fireEvent.input(slider);
  }
}

describe('a slider', () => {
  it('previews while it is dragged and keeps the last value when it is let go', async () => {
    const { slider, field } = setUp();
    await drag(slider, 1.5, 1.8);
    expect(values(listener.preview)).toEqual([1.5, 1.8]);
    expect(field.value).toBe('1.8');
    await fireEvent.change(slider);
    expect(values(listener.commit)).toEqual([1.8]);
  });

  it('forgets the drag on Escape, whatever the hand does until it lets go', async () => {
    const { slider, field } = setUp();
    await drag(slider, 2);
    await fireEvent.keyDown(slider, { key: 'Escape' });
    slider.value = '3';
    await fireEvent.input(slider);
    await fireEvent.change(slider);
    expect(listener.abandon).toHaveBeenCalledTimes(1);
    expect(listener.commit).not.toHaveBeenCalled();
    expect([slider.value, field.value]).toEqual(['1', '1']);
    await drag(slider, 2.5);
    await fireEvent.change(slider);
    expect(values(listener.commit)).toEqual([2.5]);
  });

  it('takes a drag that ends where it began for none', async () => {
    const { slider } = setUp();
    await drag(slider, 2, 1);
    await fireEvent.change(slider);
    expect(listener.commit).not.toHaveBeenCalled();
    expect(listener.abandon).toHaveBeenCalledTimes(1);
  });

  it('goes one step a key, ten with Shift, a tenth with Ctrl, and keeps it when the key is let go', async () => {
    const { slider } = setUp();
    await fireEvent.keyDown(slider, { key: 'ArrowRight' });
    await fireEvent.keyDown(slider, { key: 'ArrowRight', shiftKey: true });
    await fireEvent.keyDown(slider, { key: 'ArrowLeft', ctrlKey: true });
    expect(values(listener.preview)).toEqual([1.01, 1.11, 1.109]);
    expect(listener.commit).not.toHaveBeenCalled();
    await fireEvent.keyUp(slider, { key: 'ArrowLeft' });
    expect(values(listener.commit)).toEqual([1.109]);
  });

  it('is not ended by the field that loses the focus', async () => {
    const { slider, field } = setUp();
    await fireEvent.focus(field);
    await drag(slider, 2);
    await fireEvent.blur(field);
    expect(listener.commit).not.toHaveBeenCalled();
    await fireEvent.change(slider);
    expect(values(listener.commit)).toEqual([2]);
  });
});

describe('a number field', () => {
  it('keeps what was typed on Enter, outside the slider’s span too', async () => {
    const { field } = setUp();
    await fireEvent.input(field, { target: { value: '7,5' } });
    expect(listener.preview).not.toHaveBeenCalled();
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(values(listener.commit)).toEqual([7.5]);
  });

  it('keeps it when it is left, inside the range', async () => {
    const { field } = setUp();
    await fireEvent.input(field, { target: { value: '70' } });
    await fireEvent.blur(field);
    expect(values(listener.commit)).toEqual([10]);
  });

  it('says what is no number, and drops it when it is left', async () => {
    const { field } = setUp();
    await fireEvent.input(field, { target: { value: 'much' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await fireEvent.blur(field);
    expect(field.value).toBe('1');
    expect(listener.commit).not.toHaveBeenCalled();
  });

  it('takes back what was typed on Escape', async () => {
    const { field } = setUp();
    await fireEvent.input(field, { target: { value: '3' } });
    await fireEvent.keyDown(field, { key: 'Escape' });
    await fireEvent.blur(field);
    expect(field.value).toBe('1');
    expect(listener.commit).not.toHaveBeenCalled();
  });

  it('steps with the arrows from what was typed', async () => {
    const { field } = setUp();
    await fireEvent.input(field, { target: { value: '2' } });
    await fireEvent.keyDown(field, { key: 'ArrowUp' });
    await fireEvent.keyUp(field, { key: 'ArrowUp' });
    expect(values(listener.commit)).toEqual([2.01]);
  });
});

describe('the name of a number', () => {
  it('brings the usual value back on a double click', async () => {
    setUp(3);
    await fireEvent.dblClick(screen.getByText('Gamma'));
    expect(reset).toHaveBeenCalledTimes(1);
  });
});
