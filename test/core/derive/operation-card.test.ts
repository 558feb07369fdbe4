import { describe, expect, it } from 'vitest';
import { operationCard } from '../../../core/derive/operation-card';
import { operationList, operationPage, wrapped } from '../../../core/derive/operation-text';
import { checkValues } from '../../../core/operation/check';
import { operationById, operations } from '../../../core/operations/index';

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (id, operation) => {
  const card = operationCard(operation);

  it('has a card that survives JSON, with every parameter in the order of its declaration', () => {
    expect(JSON.parse(JSON.stringify(card))).toEqual(card);
    expect(Object.keys(card.parameters)).toEqual(Object.keys(operation.parameters));
    expect(card.formula).not.toBe('');
  });

  it('suggests values that are valid', () => {
    const suggested = Object.fromEntries(
      Object.entries(card.parameters).map(([name, { kind, suggested: value }]) => [
        name,
        kind === 'source' ? 'second.png' : value,
      ]),
    );
    expect(checkValues(operation, suggested, null)).toMatchObject({ ok: true });
  });

  it('says of each parameter what is valid, and whether it may be left out', () => {
    for (const [name, parameter] of Object.entries(card.parameters)) {
      expect(parameter.expected, name).not.toBe('');
      expect(parameter.required, name).toBe(!('default' in parameter));
      if (parameter.kind === 'number') {
        expect(typeof parameter.min, name).toBe('number');
        expect(typeof parameter.max, name).toBe('number');
      }
    }
  });

  it('is told on a page that names everything, no line wider than a terminal of 100', () => {
    const page = operationPage(operation);
    for (const name of [id, card.title, ...Object.keys(card.parameters)]) expect(page).toContain(name);
    const words = page.split('\n').filter((line) => line.trim().includes(' '));
    for (const line of words) expect(line.length).toBeLessThanOrEqual(100);
  });
});

it('the list has every operation under its category', () => {
  const list = operationList(operations);
  for (const { id, category } of operations) {
    expect(list).toContain(`  ${id} `);
    expect(list).toContain(`${category}\n`);
  }
});

it('what a parameter starts with is its default, else its suggestion', () => {
  const posterize = operationById.get('posterize');
  const gamma = operationById.get('gamma');
  if (posterize === undefined || gamma === undefined) throw new Error('not registered');
  const { levels } = operationCard(posterize).parameters;
  expect(levels).toMatchObject({ required: true, min: 2, max: 256, integer: true });
  expect(levels.suggested).toBeGreaterThan(1);
  expect(operationCard(gamma).parameters['gamma']).toMatchObject({
    required: false,
    default: 1,
    suggested: 1,
  });
});

it('texts are broken at spaces, and words longer than a line stand alone', () => {
  expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapped('incomprehensibilities of it', 5)).toEqual(['incomprehensibilities', 'of it']);
});
