/** Native dialogs whose user cancels everything; a test answers those that it is about. */

import type { NativeDialogs } from '../../../electron/host/dialogs';

export const silentDialogs: NativeDialogs = {
  chooseFiles: () => Promise.resolve([]),
  chooseTarget: () => Promise.resolve(null),
  chooseProject: () => Promise.resolve(null),
  chooseRecipe: () => Promise.resolve(null),
  chooseFolder: () => Promise.resolve(null),
  chooseTextTarget: () => Promise.resolve(null),
};
