import { afterAll, expect, it } from 'vitest';
import { startEngine } from '../../../../core/node/engine/engine';
import { warmUp } from '../../../../core/node/engine/warm-up';
import { operations } from '../../../../core/operations/index';

const engine = startEngine({ workers: 2 });

afterAll(() => engine.close());

it('runs every operation that needs no second picture, and leaves nothing behind', async () => {
  const wanted = operations.filter(({ kind }) => kind !== 'blend').map(({ id }) => id);
  expect(await warmUp(engine)).toEqual(wanted);
  expect(engine.hasSource('warm-up')).toBe(false);
});

it('ends early where the engine is closed meanwhile', async () => {
  const other = startEngine({ workers: 1 });
  const warming = warmUp(other);
  await other.close();
  expect((await warming).length).toBeLessThan(operations.length);
});
