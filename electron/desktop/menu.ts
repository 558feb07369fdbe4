/**
 * The native menu, which macOS wants at the top of the screen; elsewhere the page draws its own. It decides nothing: every item
 * sends the id of a command, which the page runs as if it were chosen there.
 */

import type { MenuItemConstructorOptions } from 'electron';
import { titleOf } from '../../core/operation/parameter';
import { operations } from '../../core/operations/index';

interface Item {
  /** Of the page's command. */
  readonly id: string;
  readonly label: string;
  readonly keys?: string;
}

/** A line between sections. */
const line = null;

const file: readonly (Item | null)[] = [
  { id: 'file.open', label: 'Open…', keys: 'Mod+O' },
  { id: 'file.samples', label: 'Open a sample picture…' },
  line,
  { id: 'file.save', label: 'Save', keys: 'Mod+S' },
  { id: 'file.saveAs', label: 'Save as…', keys: 'Mod+Shift+S' },
  { id: 'file.saveSmall', label: 'Save a small copy…' },
  line,
  { id: 'file.export', label: 'Export…', keys: 'Mod+Shift+E' },
  { id: 'file.exportPython', label: 'Export as Python…', keys: 'Mod+Alt+P' },
  line,
  { id: 'file.saveRecipe', label: 'Save as recipe…' },
  { id: 'file.applyRecipe', label: 'Apply recipe…' },
  { id: 'file.applyToFiles', label: 'Apply to files…' },
  line,
  { id: 'file.close', label: 'Close' },
];

const edit: readonly (Item | null)[] = [
  { id: 'edit.undo', label: 'Undo', keys: 'Mod+Z' },
  { id: 'edit.redo', label: 'Redo', keys: 'Mod+Shift+Z' },
  { id: 'edit.previous', label: 'Previous and current', keys: 'Mod+Alt+Z' },
];

/** "Select all" selects the text where one is being typed, so no role of the system stands for it. */
const selection: readonly (Item | null)[] = [
  { id: 'edit.selectAll', label: 'Select all', keys: 'Mod+A' },
  { id: 'edit.selectNone', label: 'Select none', keys: 'Mod+D' },
  { id: 'edit.invertSelection', label: 'Invert selection', keys: 'Mod+Shift+I' },
];

const layer: readonly (Item | null)[] = [
  { id: 'layer.add', label: 'Add layer from file…', keys: 'Mod+Shift+N' },
  { id: 'layer.duplicate', label: 'Duplicate layer', keys: 'Mod+J' },
  { id: 'layer.remove', label: 'Delete layer' },
  { id: 'layer.rename', label: 'Rename layer' },
  line,
  { id: 'layer.up', label: 'Move layer up', keys: 'Mod+]' },
  { id: 'layer.down', label: 'Move layer down', keys: 'Mod+[' },
];

const view: readonly (Item | null)[] = [
  { id: 'view.zoomIn', label: 'Zoom in', keys: 'Mod+=' },
  { id: 'view.zoomOut', label: 'Zoom out', keys: 'Mod+-' },
  { id: 'view.fit', label: 'Fit in window', keys: 'Mod+0' },
  { id: 'view.actual', label: 'Actual size', keys: 'Mod+1' },
  line,
  { id: 'view.split', label: 'Split before and after' },
];

const help: readonly (Item | null)[] = [
  { id: 'help.palette', label: 'Command palette…', keys: 'Mod+Shift+P' },
  { id: 'help.keys', label: 'Keyboard shortcuts' },
  { id: 'help.lessons', label: 'Lessons…' },
  { id: 'help.about', label: 'About Burnish' },
];

export type Choose = (id: string) => void;

function itemsOf(items: readonly (Item | null)[], choose: Choose): MenuItemConstructorOptions[] {
  return items.map((item) => {
    if (item === null) return { type: 'separator' };
    const { id, label, keys } = item;
    const accelerator = keys === undefined ? {} : { accelerator: keys.replace('Mod', 'CommandOrControl') };
    return { id, label, ...accelerator, click: () => choose(id) };
  });
}

/** One submenu a category, as operations say of themselves. */
function operationItems(choose: Choose): MenuItemConstructorOptions[] {
  const categories = [...new Set(operations.map(({ category }) => category))];
  const item = (id: string): Item => ({ id: `operation.${id}`, label: titleOf(id) });
  return categories.map((category) => ({
    label: category,
    submenu: itemsOf(
      operations.filter((operation) => operation.category === category).map(({ id }) => item(id)),
      choose,
    ),
  }));
}

function imageItems(choose: Choose): MenuItemConstructorOptions[] {
  const geometry = operations.filter(({ kind }) => kind === 'geometry');
  return itemsOf(
    [
      ...geometry.map(({ id }): Item => ({ id: `image.${id}`, label: titleOf(id) })),
      line,
      { id: 'image.depth8', label: '8 bits per channel' },
      { id: 'image.depth16', label: '16 bits per channel' },
    ],
    choose,
  );
}

/** The whole menu; `choose` gets the id of the command. */
export function menuTemplate(choose: Choose): MenuItemConstructorOptions[] {
  return [
    { role: 'appMenu' },
    { label: 'File', submenu: itemsOf(file, choose) },
    {
      label: 'Edit',
      submenu: [
        ...itemsOf(edit, choose),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { type: 'separator' },
        ...itemsOf(selection, choose),
      ],
    },
    { label: 'Image', submenu: imageItems(choose) },
    { label: 'Layer', submenu: itemsOf(layer, choose) },
    { label: 'Operations', submenu: operationItems(choose) },
    {
      label: 'View',
      submenu: [...itemsOf(view, choose), { type: 'separator' }, { role: 'togglefullscreen' }],
    },
    { role: 'windowMenu' },
    { label: 'Help', submenu: itemsOf(help, choose) },
  ];
}
