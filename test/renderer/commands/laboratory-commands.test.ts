import { expect, it } from 'vitest';
import { CommandTable } from '../../../renderer/commands/command-table';
import { laboratoryCommands } from '../../../renderer/commands/laboratory-commands';
import { step } from '../../core/document/sample';
import { openSession } from '../../support/open-session';

it('opens the laboratory of the chosen step with what is asked for, where that step has a kernel', async () => {
  const { session, document } = await openSession();
  const table = new CommandTable(laboratoryCommands(session), false);
  const enabled = (): boolean[] => table.all.map((command) => command.enabled);
  expect(enabled()).toEqual([false, false, false]);
  for (const [index, operation] of ['negative', 'convolve'].entries()) {
    const params = operation === 'convolve' ? { kernel: 'box3' } : {};
    await document.commit({ type: 'step.add', owner: 'l', step: step(operation, operation, params), index });
  }
  document.choice.chooseStep('l', 'negative');
  expect(enabled()).toEqual([false, false, false]);
  table.run('view.laboratory', new Event('key'));
  expect(session.dialog).toBeNull();
  document.choice.chooseStep('l', 'convolve');
  expect(enabled()).toEqual([true, true, true]);
  table.run('view.kernelGallery', new Event('key'));
  expect([session.dialog, session.laboratory]).toEqual(['laboratory', 'gallery']);
  table.run('view.frequencyResponse', new Event('key'));
  expect(session.laboratory).toBe('response');
});
