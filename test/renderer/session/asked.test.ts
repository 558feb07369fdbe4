import { describe, expect, it } from 'vitest';
import { Asked } from '../../../renderer/session/asked.svelte';

describe('a question with a name', () => {
  it('is asked once for each name, and again after a failure or when nothing was wanted', async () => {
    const questions: string[] = [];
    const asked = new Asked<string, string>((question) => {
      questions.push(question);
      return Promise.resolve(question === 'fails' ? null : question.toUpperCase());
    });
    await asked.about('a', 'first');
    await asked.about('b', 'first');
    expect([questions, asked.answer]).toEqual([['a'], 'A']);
    await asked.about('c', 'second');
    await asked.about('d');
    await asked.about('e', 'second');
    expect([questions, asked.answer]).toEqual([['a', 'c', 'd', 'e'], 'E']);
    await asked.about('fails', 'third');
    await asked.about('f', 'third');
    expect([questions.slice(4), asked.answer]).toEqual([['fails', 'f'], 'F']);
    await asked.about(null);
    await asked.about('g', 'third');
    expect([questions.slice(6), asked.answer]).toEqual([['g'], 'G']);
  });

  it('is not asked beside one of the same name that is under way', async () => {
    let answer: (text: string) => void = () => undefined;
    let times = 0;
    const asked = new Asked<string, string>(() => {
      times++;
      return new Promise((resolve) => (answer = resolve));
    });
    const first = asked.about('a', 'name');
    await asked.about('a', 'name');
    answer('A');
    await first;
    expect([times, asked.answer]).toEqual([1, 'A']);
  });
});
