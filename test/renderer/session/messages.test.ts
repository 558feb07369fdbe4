import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asSentence, Messages } from '../../../renderer/session/messages.svelte';

describe('a message', () => {
  let messages: Messages;
  const texts = (): string[] => messages.shown.map(({ text }) => text);

  beforeEach(() => {
    vi.useFakeTimers();
    messages = new Messages();
  });

  afterEach(() => vi.useRealTimers());

  it('about an error names the file and the remedy, and stays until it is dismissed', () => {
    messages.alert(
      { message: 'this kind of file is not supported', remedy: 'convert it first' },
      'notes.txt',
    );
    vi.advanceTimersByTime(1e6);
    expect(messages.shown).toMatchObject([
      { kind: 'alert', text: 'notes.txt: this kind of file is not supported.', remedy: 'Convert it first.' },
    ]);
    messages.dismiss(messages.shown[0].id);
    expect(messages.shown).toEqual([]);
  });

  it('does not name the file twice', () => {
    messages.alert({ message: 'a.png is damaged', remedy: '' }, 'a.png');
    expect(texts()).toEqual(['a.png is damaged.']);
  });

  it('that comes again is shown once', () => {
    for (let time = 0; time < 3; time++) messages.alert({ message: 'the disk is full', remedy: '' });
    expect(texts()).toEqual(['The disk is full.']);
  });

  it('about something done goes by itself', () => {
    messages.notice('Exported a.png');
    expect(texts()).toEqual(['Exported a.png.']);
    vi.advanceTimersByTime(60_000);
    expect(texts()).toEqual([]);
  });

  it.each([
    ['the disk is full', 'The disk is full.'],
    ['really?', 'Really?'],
    ['photo.jpg: no such file', 'photo.jpg: no such file.'],
    ['', ''],
  ])('is a sentence: %j', (text, sentence) => {
    expect(asSentence(text)).toBe(sentence);
  });
});
