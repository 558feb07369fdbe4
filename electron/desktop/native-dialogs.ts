/** The system's own dialogs for the host. */

import { dialog, type BrowserWindow } from 'electron';
import type { ExportOptions } from '../../core/protocol/contract';
import type { FolderPurpose, NativeDialogs, TextKind } from '../host/dialogs';

const pictures = ['jpg', 'jpeg', 'png', 'webp', 'tif', 'tiff', 'avif', 'gif', 'svg'];

const formats: Readonly<
  Record<ExportOptions['format'], { readonly name: string; readonly extensions: string[] }>
> = {
  jpeg: { name: 'JPEG', extensions: ['jpg', 'jpeg'] },
  png: { name: 'PNG', extensions: ['png'] },
  webp: { name: 'WebP', extensions: ['webp'] },
  tiff: { name: 'TIFF', extensions: ['tif', 'tiff'] },
  avif: { name: 'AVIF', extensions: ['avif'] },
  ora: { name: 'OpenRaster', extensions: ['ora'] },
};

const texts: Readonly<
  Record<TextKind, { readonly title: string; readonly name: string; readonly extensions: string[] }>
> = {
  recipe: { title: 'Save recipe', name: 'Recipe', extensions: ['json'] },
  script: { title: 'Export as Python', name: 'Python', extensions: ['py'] },
};

const folders: Readonly<Record<FolderPurpose, { readonly title: string; readonly buttonLabel: string }>> = {
  pictures: { title: 'Pictures of a folder', buttonLabel: 'Choose' },
  results: { title: 'Folder for the results', buttonLabel: 'Choose' },
};

/** `window` gives the window that the dialogs belong to; without one there is nobody to ask. */
export function nativeDialogs(window: () => BrowserWindow | undefined): NativeDialogs {
  return {
    chooseFiles: async (several) => {
      const owner = window();
      if (owner === undefined) return [];
      const { canceled, filePaths } = await dialog.showOpenDialog(owner, {
        title: 'Open',
        properties: several ? ['openFile', 'multiSelections'] : ['openFile'],
        filters: [
          { name: 'Pictures and projects', extensions: [...pictures, 'ora', 'burnish'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      return canceled ? [] : filePaths;
    },
    chooseTarget: async (suggestedName, format) => {
      const owner = window();
      if (owner === undefined) return null;
      const { canceled, filePath } = await dialog.showSaveDialog(owner, {
        title: 'Export',
        defaultPath: suggestedName,
        filters: [formats[format]],
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      return canceled || filePath === '' ? null : filePath;
    },
    chooseRecipe: async () => {
      const owner = window();
      if (owner === undefined) return null;
      const { canceled, filePaths } = await dialog.showOpenDialog(owner, {
        title: 'Apply recipe',
        properties: ['openFile'],
        filters: [
          { name: 'Recipes', extensions: ['json'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    chooseFolder: async (purpose) => {
      const owner = window();
      if (owner === undefined) return null;
      const { canceled, filePaths } = await dialog.showOpenDialog(owner, {
        ...folders[purpose],
        properties: purpose === 'results' ? ['openDirectory', 'createDirectory'] : ['openDirectory'],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    chooseTextTarget: async (suggestedName, kind) => {
      const owner = window();
      if (owner === undefined) return null;
      const { title, name, extensions } = texts[kind];
      const { canceled, filePath } = await dialog.showSaveDialog(owner, {
        title,
        defaultPath: suggestedName,
        filters: [{ name, extensions }],
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      return canceled || filePath === '' ? null : filePath;
    },
    chooseProject: async (suggested) => {
      const owner = window();
      if (owner === undefined) return null;
      const { canceled, filePath } = await dialog.showSaveDialog(owner, {
        title: 'Save',
        defaultPath: suggested,
        filters: [{ name: 'Burnish project', extensions: ['burnish'] }],
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      return canceled || filePath === '' ? null : filePath;
    },
  };
}
