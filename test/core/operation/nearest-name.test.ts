import { expect, it } from 'vitest';
import { nearestName } from '../../../core/operation/nearest-name';

const names = ['boxBlur', 'brightnessContrast', 'crop', 'gamma'];

it.each([
  ['boxblur', 'boxBlur'],
  ['gama', 'gamma'],
  ['brightnesContast', 'brightnessContrast'],
  ['crp', 'crop'],
  ['sepia', null],
  ['x', null],
])('for %s it is %s', (word, wanted) => {
  expect(nearestName(word, names)).toBe(wanted);
});

it('is none where there are no names', () => {
  expect(nearestName('gamma', [])).toBeNull();
});
