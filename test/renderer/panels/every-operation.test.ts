// The panel of every operation there is: it can be added with what the window starts with, its group bears its title, and
// every parameter has a control that bears its name. An operation never needs a panel of its own.
import { cleanup, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../../core/operation/operation';
import { checkValues } from '../../../core/operation/check';
import { titleOf, type Parameter } from '../../../core/operation/parameter';
import { operations } from '../../../core/operations';
import StepProperties from '../../../renderer/panels/StepProperties.svelte';
import { operationCommands } from '../../../renderer/commands/operation-commands';
import { Session } from '../../../renderer/session/session.svelte';
import { startValues } from '../../../renderer/session/start-values';
import { opening, source, step } from '../../core/document/sample';
import { FakeHost } from '../../support/fake-host';
import { openSession, show, type OpenSession } from '../../support/open-session';

/** The roles of which a parameter has all, by its kind. */
const roles: { readonly [K in Parameter['kind']]: readonly string[] } = {
  number: ['slider', 'spinbutton'],
  pictureNumber: ['slider', 'spinbutton'],
  numbers: ['group'],
  matrix: ['combobox', 'grid'],
  points: ['group'],
  conditions: ['group'],
  choices: ['group'],
  tone: ['group'],
  choice: ['combobox'],
  boolean: ['checkbox'],
  planes: ['group'],
  kernel: ['combobox', 'grid'],
  divisor: ['combobox'],
  source: ['combobox'],
  steps: ['group'],
};

/** A document whose layer has the operation as it is when it is added in the window. */
async function added(operation: Operation): Promise<OpenSession> {
  const open = await openSession();
  const pictures = Object.entries(operation.parameters).filter(([, { kind }]) => kind === 'source');
  const chosen = Object.fromEntries(pictures.map(([name]) => [name, source('a').id]));
  const params = { ...startValues(operation), ...chosen };
  const fault = await open.document.commit({
    type: 'step.add',
    owner: 'l',
    step: step('s', operation.id, params),
    index: 0,
  });
  if (fault) throw new Error(`${operation.id}: ${fault.message}`);
  open.document.choice.chooseStep('l', 's');
  return open;
}

afterEach(cleanup);

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (id, operation) => {
  it('has a command of its title and starts with values that it accepts', () => {
    const host = new FakeHost(opening());
    const command = operationCommands(new Session(host)).find((each) => each.id === `operation.${id}`);
    expect(command?.title).toBe(titleOf(id));
    const missing = checkValues(operation, startValues(operation), null);
    if (!missing.ok) expect(missing.fault.message).toContain('a picture');
  });

  it('has a group of its title with a control for every parameter', async () => {
    const { session, document } = await added(operation);
    const props = { document, chosen: document.choice.step, operation };
    show(session, StepProperties, props);
    const group = within(screen.getByRole('group', { name: titleOf(id) }));
    for (const [name, parameter] of Object.entries(operation.parameters)) {
      for (const role of roles[parameter.kind]) {
        expect(group.queryAllByRole(role, { name: titleOf(name) }), `${role} ${name}`).toHaveLength(1);
      }
    }
  });
});
