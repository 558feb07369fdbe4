import { describe, expect, it } from 'vitest';
import { operations } from '../../../core/operations';
import { titleOf } from '../../../core/operation/parameter';
import { find } from '../../../renderer/commands/find-commands';

const item = (title: string, ...keywords: string[]): { title: string; keywords: string[] } => ({
  title,
  keywords,
});
const titles = (found: readonly { title: string }[]): string[] => found.map(({ title }) => title);

describe('searching commands', () => {
  it('puts an exact title first, whatever else begins like it', () => {
    const items = [item('Gamma correction'), item('Auto gamma'), item('Gamma')];
    expect(titles(find(items, 'gamma'))).toEqual(['Gamma', 'Gamma correction', 'Auto gamma']);
  });

  it('then titles that begin so, shorter ones before longer ones, then words, then further names', () => {
    const items = [item('Log transform', 'box'), item('Blur with a box'), item('Boxes'), item('Box blur')];
    expect(titles(find(items, 'box'))).toEqual(['Boxes', 'Box blur', 'Blur with a box', 'Log transform']);
  });

  it('finds by another word for it', () => {
    expect(titles(find([item('Gamma'), item('Negative', 'invert')], 'invert'))).toEqual(['Negative']);
  });

  it('forgives a slip of the finger', () => {
    expect(titles(find([item('Solarize'), item('Posterize')], 'solrize'))).toEqual(['Solarize']);
  });

  it('makes no difference between cases, accents and blanks', () => {
    expect(titles(find([item('Café  noir')], ' cafe NOIR '))).toEqual(['Café  noir']);
  });

  it('makes no difference how two things are joined', () => {
    const items = operations.map(({ id, keywords = [] }) => item(titleOf(id), ...keywords));
    for (const typed of [
      'Hue and saturation',
      'hue/saturation',
      'Hue & saturation',
      'hue-saturation',
      'hue and',
    ]) {
      expect(find(items, typed)[0].title).toBe('Hue saturation');
    }
    expect(find(items, 'k-means')[0].title).toBe('Kmeans quantize');
    expect(find(items, 'rotate 90°')[0].title).toBe('Rotate90');
  });

  it('finds every operation by each of its further names', () => {
    const items = operations.map(({ id, keywords = [] }) => item(titleOf(id), ...keywords));
    for (const each of items) for (const word of each.keywords) expect(find(items, word)).toContain(each);
  });

  it('gives everything for nothing, and nothing for what is unlike all', () => {
    const items = [item('Gamma'), item('Negative')];
    expect(find(items, '  ')).toBe(items);
    expect(find(items, 'xyzzy')).toEqual([]);
  });

  it('finds every operation first by its own title', () => {
    const items = operations.map(({ id, keywords = [] }) => item(titleOf(id), ...keywords));
    for (const { title } of items) expect(find(items, title)[0].title).toBe(title);
  });
});
