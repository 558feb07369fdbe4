/** View: the convolution laboratory of the chosen operation, where that has a kernel. It opens with what was asked for. */

import { kernelParameter } from '../../core/derive/kernel-facts';
import { operationById } from '../../core/operations';
import type { LaboratoryView, Session } from '../session/session.svelte';
import type { MenuCommand } from './menu-command';

export function laboratoryCommands(session: Session): readonly MenuCommand[] {
  const view = (
    shown: LaboratoryView,
    command: Pick<MenuCommand, 'id' | 'title' | 'keywords' | 'help'>,
  ): MenuCommand => ({
    ...command,
    needs: 'Choose an operation with a kernel in the stack',
    asks: true,
    menu: 'View',
    section: 'Laboratory',
    get enabled() {
      return hasKernel(session);
    },
    run: () => {
      session.laboratory = shown;
      session.dialog = 'laboratory';
    },
  });
  return [
    view('torch', {
      id: 'view.laboratory',
      title: 'Convolution laboratory',
      keywords: ['torch', 'kernel', 'step', 'window', 'activation map', 'teach'],
      help: 'Moves the window of the chosen operation over the picture, cell by cell',
    }),
    view('gallery', {
      id: 'view.kernelGallery',
      title: 'Kernel gallery',
      keywords: ['compare', 'activation maps', 'filters'],
      help: 'What each known kernel makes of the picture, side by side; one of them can be taken',
    }),
    view('response', {
      id: 'view.frequencyResponse',
      title: 'Frequency response',
      keywords: ['kernel', 'fourier', 'spectrum', 'waves'],
      help: 'Which waves the kernel of the chosen operation lets through',
    }),
  ];
}

/** Whether the chosen step is one that has a kernel. */
function hasKernel({ active }: Session): boolean {
  const operation = operationById.get(active?.choice.step?.step.operation ?? '');
  return operation !== undefined && kernelParameter(operation) !== null;
}
