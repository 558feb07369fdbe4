/** File: the edit goes elsewhere, as a recipe, to many files, as a script. */

import type { Session } from '../session/session.svelte';
import type { MenuCommand } from './menu-command';

export function replayCommands(session: Session): readonly MenuCommand[] {
  return [
    {
      id: 'file.exportPython',
      title: 'Export as Python',
      asks: true,
      menu: 'File',
      section: 'export',
      keys: ['Mod+Alt+P'],
      keywords: ['script', 'numpy', 'scipy', 'code', 'verify'],
      help: 'Writes the whole edit as a script that makes the same picture',
      get enabled() {
        return session.active !== null && session.line.kind === 'open';
      },
      run: () => (session.dialog = 'exportPython'),
    },
    {
      id: 'file.saveRecipe',
      title: 'Save as recipe',
      asks: true,
      menu: 'File',
      section: 'recipe',
      keywords: ['preset', 'macro', 'action', 'steps', 'json', 'copy'],
      help: 'Saves chosen operations, to apply them to other pictures',
      get enabled() {
        return session.editable && hasSteps(session);
      },
      run: () => (session.dialog = 'saveRecipe'),
    },
    {
      id: 'file.applyRecipe',
      title: 'Apply recipe',
      asks: true,
      menu: 'File',
      section: 'recipe',
      keywords: ['preset', 'macro', 'action', 'steps', 'paste', 'copy operations'],
      help: 'Applies the operations of a recipe, or of another open picture, to the chosen layer',
      get enabled() {
        return session.editable && session.active?.choice.layer !== null;
      },
      run: () => (session.dialog = 'applyRecipe'),
    },
    {
      id: 'file.applyToFiles',
      title: 'Apply to files',
      asks: true,
      menu: 'File',
      section: 'recipe',
      keywords: ['batch', 'folder', 'many', 'process', 'convert'],
      help: 'Applies operations to many pictures and writes the results',
      get enabled() {
        return session.writable && session.line.kind === 'open';
      },
      run: () => (session.dialog = 'applyToFiles'),
    },
  ];
}

function hasSteps({ active }: Session): boolean {
  const layer = active?.choice.layer;
  return (
    layer !== null && layer !== undefined && layer.stack.length + (active?.document.canvas.length ?? 0) > 0
  );
}
