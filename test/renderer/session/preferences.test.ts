import { describe, expect, it } from 'vitest';
import { Preferences, WIDEST } from '../../../renderer/session/preferences.svelte';

function storeWith(text: string | null) {
  const kept = { text };
  return {
    kept,
    getItem: () => kept.text,
    setItem: (_: string, value: string) => {
      kept.text = value;
    },
  };
}

describe('preferences', () => {
  it('are there again the next time', () => {
    const store = storeWith(null);
    const first = new Preferences(store);
    first.setPanel('History', { open: false });
    first.panelWidth = 400;
    first.lessonHeight = 300;
    first.setLessonDone('one');
    first.setLessonDone('one');
    first.setLessonPlace({ lesson: 'two', document: 'd', page: 3, openBefore: ['Pixels'] });
    first.format = 'webp';
    first.theme = 'light';
    first.setChoice('webp', { quality: 71, metadata: 'none', effort: 6, lossless: true });
    first.setChoice('avif', { subsampling: '4:2:0' });
    const second = new Preferences(store);
    expect(second.panels.History.open).toBe(false);
    expect(second.panelWidth).toBe(400);
    expect(second.lessonHeight).toBe(300);
    expect(second.lessonsDone).toEqual(['one']);
    expect(second.lessonPlace).toEqual({ lesson: 'two', document: 'd', page: 3, openBefore: ['Pixels'] });
    expect(second.format).toBe('webp');
    expect(second.theme).toBe('light');
    expect(second.choiceFor('webp')).toEqual({
      quality: 71,
      metadata: 'none',
      profile: 'srgb',
      effort: 6,
      lossless: true,
      subsampling: null,
    });
    expect(second.choiceFor('avif').subsampling).toBe('4:2:0');
    expect(second.choiceFor('jpeg').quality).toBe(90);
  });

  it.each([
    ['nonsense'],
    ['null'],
    ['[]'],
    [
      '{"lessonHeight":"tall","lessonsDone":3,"lessonPlace":{"lesson":1,"document":"d","page":-1},"panelWidth":"wide","panels":{"Layers":{"open":1,"share":-5}},"format":"bmp","theme":"pink","choices":{"jpeg":{"quality":900},"avif":{"quality":50,"metadata":"all","profile":"srgb","effort":11,"lossless":1,"subsampling":"4:1:1"}}}',
    ],
  ])('pass over what does not fit: %s', (text) => {
    const usual = new Preferences(null);
    const read = new Preferences(storeWith(text));
    expect(read.panels).toEqual(usual.panels);
    expect([read.panelWidth, read.format, read.theme]).toEqual([usual.panelWidth, usual.format, usual.theme]);
    expect(read.choiceFor('jpeg')).toEqual(usual.choiceFor('jpeg'));
    expect([read.lessonHeight, read.lessonsDone, read.lessonPlace]).toEqual([usual.lessonHeight, [], null]);
  });

  it('keep the panels at a width that fits', () => {
    expect(new Preferences(storeWith('{"panelWidth":9999}')).panelWidth).toBe(WIDEST);
  });

  it('do without a store that refuses', () => {
    const refusing = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full');
      },
    };
    const preferences = new Preferences(refusing);
    expect(() => preferences.setPanel('Stack', { open: false })).not.toThrow();
    expect(preferences.panels.Stack.open).toBe(false);
  });

  it('make a hidden panel be seen', () => {
    const preferences = new Preferences(null);
    preferences.panelsHidden = true;
    preferences.setPanel('Layers', { open: false });
    preferences.reveal('Layers');
    expect([preferences.panelsHidden, preferences.panels.Layers.open]).toEqual([false, true]);
  });
});
