// Turning a page: whatever stack stands there, the commands make the wanted one of it, by the same reducer as every edit.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movesBetween } from '../../../../core/derive/lesson/moves';
import { PLAIN_STEP, type Document, type Step } from '../../../../core/document/document';
import { reduce } from '../../../../core/document/reduce';
import type { Application } from '../../../../core/document/step-check';
import { sampleDocument } from '../../document/sample';

const application = (operation: string, params: Application['params'], rest: Partial<Application> = {}) => ({
  operation,
  params,
  ...PLAIN_STEP,
  ...rest,
});

const rest = fc.record(
  {
    enabled: fc.boolean(),
    channels: fc.constantFrom('rgb' as const, 'r' as const, 'luma' as const),
    opacity: fc.constantFrom(0.25, 1),
  },
  { requiredKeys: [] },
);
const gamma = fc.record({ gamma: fc.integer({ min: 1, max: 5 }) }, { requiredKeys: [] });
const log = fc.record({ source: fc.constantFrom('image', 'range') }, { requiredKeys: [] });
const steps = fc.array(
  fc.oneof(
    fc.tuple(fc.constant('gamma'), gamma, rest),
    fc.tuple(fc.constant('logTransform'), log, rest),
    fc.tuple(fc.constant('negative'), fc.constant({}), rest),
  ),
  { maxLength: 5 },
);
const stack = steps.map((list) => list.map(([id, params, more]) => application(id, params, more)));

const withStack = (applications: readonly Application[]): Document => {
  const document = sampleDocument();
  const stacked = applications.map((each, at): Step => ({ id: `old-${at}`, ...each }));
  return { ...document, layers: [{ ...document.layers[0], stack: stacked }] };
};

/** The document after the moves; fails the test where one is refused. */
function moved(document: Document, wanted: readonly Application[]): Document {
  let count = 0;
  const [{ id, stack: there }] = document.layers;
  return movesBetween(id, there, wanted, () => `new-${count++}`).reduce((before, move) => {
    const after = reduce(before, { ...move, time: 0 });
    if (!after.ok) throw new Error(after.fault.message);
    return after.value;
  }, document);
}

/** A step with its default written out, where a move had to write it. */
const usual = { gamma: { gamma: 1 }, logTransform: { source: 'image' }, negative: {} };
const plain = ({ operation, params, enabled, channels, opacity }: Application) => ({
  operation,
  params: { ...usual[operation as keyof typeof usual], ...params },
  enabled,
  channels,
  opacity,
});

describe('turning a page', () => {
  it('makes of any stack the stack of the page', () => {
    fc.assert(
      fc.property(stack, stack, (before, wanted) => {
        const after = moved(withStack(before), wanted).layers[0].stack;
        expect(after.map(plain)).toEqual(wanted.map(plain));
      }),
    );
  });

  it('does nothing where the stack is that already', () => {
    fc.assert(
      fc.property(stack, (wanted) => {
        const [{ id, stack: there }] = withStack(wanted).layers;
        expect(movesBetween(id, there, wanted, () => 'x')).toEqual([]);
      }),
    );
  });

  it('changes a value rather than adding the operation again, and leaves what is before it alone', () => {
    const before = withStack([application('negative', {}), application('gamma', { gamma: 2 })]);
    const wanted = [
      application('negative', {}),
      application('gamma', { gamma: 3 }),
      application('negative', {}),
    ];
    const [{ id, stack: there }] = before.layers;
    expect(movesBetween(id, there, wanted, () => 'new')).toEqual([
      { type: 'step.set', owner: 'l', step: 'old-1', params: { gamma: 3 } },
      { type: 'step.add', owner: 'l', step: { id: 'new', ...wanted[2] }, index: 2 },
    ]);
  });
});
