/** Layers: added, duplicated, removed, moved, renamed, shown, and how they are composed with what lies beneath. */

import { BLEND_MODES } from '../../colour/blend-mode';
import { fail, succeed, type Result } from '../../raster/fault';
import { titleOf } from '../../operation/parameter';
import {
  changeLayer,
  checkIndex,
  checkName,
  checkNewLayerId,
  checkNewStepIds,
  checkOpacity,
  layerIndex,
  moved,
  withSources,
} from '../change';
import type { LayerCommand } from '../command';
import { layerOf, type Document, type Layer, type LayerId } from '../document';
import { copyName } from '../naming';
import { compositeShape } from '../stack-check';
import { did, percent, set, type Told } from '../telling';

type Of<T extends LayerCommand['type']> = Extract<LayerCommand, { type: T }>;

export function reduceLayer(document: Document, command: LayerCommand): Result<Document> {
  switch (command.type) {
    case 'layer.add':
      return add(document, command);
    case 'layer.duplicate':
      return duplicate(document, command);
    case 'layer.remove':
      return remove(document, command);
    case 'layer.move':
      return move(document, command);
    case 'layer.rename': {
      const name = checkName(command.name);
      if (!name.ok) return name;
      return changeLayer(document, command.layer, (layer) => succeed(having(layer, { name: command.name })));
    }
    case 'layer.show':
      return changeLayer(document, command.layer, (layer) =>
        succeed(having(layer, { visible: command.visible })),
      );
    case 'layer.opacity': {
      const opacity = checkOpacity(command.opacity);
      if (!opacity.ok) return opacity;
      return changeLayer(document, command.layer, (layer) =>
        succeed(having(layer, { opacity: command.opacity })),
      );
    }
    case 'layer.mode':
      if (!BLEND_MODES.includes(command.mode)) {
        return fail('bad-parameter', `there is no blend mode "${String(command.mode)}"`);
      }
      return changeLayer(document, command.layer, (layer) => succeed(having(layer, { mode: command.mode })));
  }
}

/** The layer with these values; the very same one where it has them already. */
function having(layer: Layer, values: Partial<Pick<Layer, 'name' | 'visible' | 'opacity' | 'mode'>>): Layer {
  const changed = { ...layer, ...values };
  const same =
    changed.name === layer.name &&
    changed.visible === layer.visible &&
    changed.opacity === layer.opacity &&
    changed.mode === layer.mode;
  return same ? layer : changed;
}

/** The document with more or fewer layers; see `Document.frame` for what becomes of the canvas. */
function withLayers(document: Document, layers: readonly Layer[]): Result<Document> {
  if (layers.length === 1) return succeed({ ...document, layers, frame: null });
  const canvas = compositeShape(document);
  if (!canvas.ok) return canvas;
  const { width, height } = canvas.value;
  return succeed({ ...document, layers, frame: { width, height } });
}

function add(document: Document, command: Of<'layer.add'>): Result<Document> {
  const id = checkNewLayerId(document, command.layer);
  if (!id.ok) return id;
  const name = checkName(command.name);
  if (!name.ok) return name;
  const index = checkIndex(command.index, document.layers.length, 'the new layer');
  if (!index.ok) return index;
  const layer: Layer = {
    id: command.layer,
    name: command.name,
    source: command.source.id,
    visible: true,
    opacity: 1,
    mode: 'normal',
    stack: [],
  };
  const known = withSources(document, [command.source]);
  return withLayers(known, document.layers.toSpliced(index.value, 0, layer));
}

/** The copy lies directly above its original and has its own step ids, so that the two are edited apart. */
function duplicate(document: Document, command: Of<'layer.duplicate'>): Result<Document> {
  const index = layerIndex(document, command.layer);
  if (!index.ok) return index;
  const id = checkNewLayerId(document, command.copy);
  if (!id.ok) return id;
  const layer = document.layers[index.value];
  if (command.steps.length !== layer.stack.length) {
    return fail(
      'bad-message',
      `a copy of ${layer.name} needs ${layer.stack.length} new operation ids, not ${command.steps.length}`,
    );
  }
  const steps = checkNewStepIds(document, command.steps);
  if (!steps.ok) return steps;
  const stack = layer.stack.map((step, at) => ({ ...step, id: command.steps[at] }));
  const copy: Layer = { ...layer, id: command.copy, name: copyName(document, layer.name), stack };
  return withLayers(document, document.layers.toSpliced(index.value + 1, 0, copy));
}

function remove(document: Document, command: Of<'layer.remove'>): Result<Document> {
  const index = layerIndex(document, command.layer);
  if (!index.ok) return index;
  if (document.layers.length === 1) {
    return fail(
      'refused',
      'a document keeps at least one layer',
      'add another layer first, or hide this one',
    );
  }
  return withLayers(document, document.layers.toSpliced(index.value, 1));
}

function move(document: Document, command: Of<'layer.move'>): Result<Document> {
  const from = layerIndex(document, command.layer);
  if (!from.ok) return from;
  const to = checkIndex(command.index, document.layers.length - 1, 'a layer');
  if (!to.ok) return to;
  if (from.value === to.value) return succeed(document);
  return succeed({ ...document, layers: moved(document.layers, from.value, to.value) });
}

function nameOf(document: Document, id: LayerId): string {
  return layerOf(document, id)?.name ?? id;
}

export function describeLayer(command: LayerCommand, before: Document, after: Document): Told {
  const name = nameOf(before, command.layer);
  const place = `on ${name}`;
  switch (command.type) {
    case 'layer.add':
      return did('Added', 'add', `layer ${command.name}`);
    case 'layer.duplicate':
      return did('Duplicated', 'duplicate', name);
    case 'layer.remove':
      return did('Removed', 'remove', `layer ${name}`);
    case 'layer.move':
      return did('Moved', 'move', `${name} ${direction(before, command)}`);
    case 'layer.rename':
      return did('Renamed', 'rename', `${name} to ${command.name}`);
    case 'layer.show':
      return command.visible ? did('Showed', 'show', name) : did('Hid', 'hide', name);
    case 'layer.opacity':
      return set(
        'Opacity',
        percent(layerOf(before, command.layer)?.opacity),
        percent(layerOf(after, command.layer)?.opacity),
        place,
      );
    case 'layer.mode':
      return set(
        'Blend mode',
        titleOf(layerOf(before, command.layer)?.mode ?? ''),
        titleOf(command.mode),
        place,
      );
  }
}

function direction(before: Document, command: Of<'layer.move'>): string {
  const from = before.layers.findIndex((layer) => layer.id === command.layer);
  const far = Math.abs(command.index - from) > 1;
  if (far && command.index === before.layers.length - 1) return 'to the top';
  if (far && command.index === 0) return 'to the bottom';
  return command.index > from ? 'up' : 'down';
}
