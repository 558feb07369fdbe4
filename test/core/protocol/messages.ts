/** One good payload of every call, and ways to spoil it for certain. */

import type { CallName, Payload } from '../../../core/protocol/contract';

const time = 1_700_000_000_000;
const sha = 'a'.repeat(64);
const source = {
  id: sha,
  name: 'harbour.jpg',
  format: 'JPEG',
  profile: 'sRGB',
  width: 4000,
  height: 3000,
  channels: 3,
  depth: 8,
} as const;
const step = {
  id: 'step-1',
  operation: 'anything',
  params: { size: 3, list: [[1, 2]] },
  enabled: true,
  channels: 'rgb',
  opacity: 1,
  mask: null,
  measured: null,
} as const;

/** `edit.commit` stands once for every command. */
export const goodMessages: readonly {
  readonly [N in CallName]: { name: N; payload: Payload<N> };
}[CallName][] = [
  { name: 'app.hello', payload: {} },
  { name: 'learning.list', payload: {} },
  { name: 'sample.open', payload: { sample: 'coins' } },
  { name: 'lesson.check', payload: { document: 'd', lesson: 'otsu' } },
  { name: 'files.choose', payload: { several: true } },
  { name: 'recents.open', payload: { recent: sha } },
  { name: 'document.open', payload: { file: 'handle_1-A' } },
  { name: 'document.close', payload: { document: 'd' } },
  { name: 'document.save', payload: { document: 'd', as: false } },
  { name: 'document.cancelSave', payload: { document: 'd' } },
  { name: 'source.open', payload: { document: 'd', file: 'f' } },
  ...(
    [
      { type: 'layer.add', time, layer: 'l', source, name: 'Sky', index: 0 },
      { type: 'layer.duplicate', time, layer: 'l', copy: 'm', steps: ['a', 'b'] },
      { type: 'layer.remove', time, layer: 'l' },
      { type: 'layer.move', time, layer: 'l', index: 1 },
      { type: 'layer.rename', time, layer: 'l', name: 'Sea' },
      { type: 'layer.show', time, layer: 'l', visible: false },
      { type: 'layer.opacity', time, layer: 'l', opacity: 0.5 },
      { type: 'layer.mode', time, layer: 'l', mode: 'multiply' },
      { type: 'step.add', time, owner: 'l', step, index: 0, source },
      { type: 'step.remove', time, owner: 'l', step: 's' },
      { type: 'step.move', time, owner: 'canvas', step: 's', index: 2 },
      { type: 'step.set', time, owner: 'l', step: 's', params: { size: 5 } },
      { type: 'step.enable', time, owner: 'l', step: 's', enabled: true },
      { type: 'step.limit', time, owner: 'l', step: 's', channels: 'luma', opacity: 0.25 },
      { type: 'recipe.apply', time, owner: 'l', name: 'Soft', steps: [step], index: 0, sources: [source] },
      { type: 'document.depth', time, depth: 16 },
    ] as const
  ).map((command) => ({ name: 'edit.commit' as const, payload: { document: 'd', generation: 7, command } })),
  {
    name: 'edit.preview',
    payload: {
      document: 'd',
      generation: 1,
      command: { type: 'layer.opacity', time, layer: 'l', opacity: 1 },
    },
  },
  { name: 'edit.hold', payload: { document: 'd', step: 's' } },
  { name: 'edit.abandon', payload: { document: 'd', generation: 2 } },
  { name: 'history.undo', payload: { document: 'd', generation: 3 } },
  { name: 'history.redo', payload: { document: 'd', generation: 4 } },
  { name: 'history.goTo', payload: { document: 'd', generation: 5, entry: 0 } },
  {
    name: 'view.set',
    payload: {
      document: 'd',
      generation: 6,
      width: 800,
      height: 600,
      zoom: 0.5,
      x: -10.5,
      y: 0,
      show: 'both',
    },
  },
  { name: 'work.cancel', payload: { document: 'd' } },
  { name: 'pixel.read', payload: { document: 'd', x: 5, y: -3 } },
  { name: 'pixel.explain', payload: { document: 'd', x: 5, y: -3 } },
  { name: 'pixel.await', payload: { document: 'd', x: 5, y: -3 } },
  { name: 'step.transfer', payload: { document: 'd', owner: 'l', step: 's' } },
  { name: 'step.histogram', payload: { document: 'd', owner: 'l', step: 's' } },
  { name: 'spectrum.read', payload: { document: 'd', channel: 'Luma', step: null } },
  { name: 'spectrum.cancel', payload: { document: 'd' } },
  { name: 'step.planes', payload: { document: 'd', owner: 'l', step: 's' } },
  {
    name: 'step.input',
    payload: {
      document: 'd',
      owner: 'l',
      step: 's',
      level: 2,
      region: { x: 0, y: -1, width: 1, height: 9 },
    },
  },
  {
    name: 'step.trial',
    payload: {
      document: 'd',
      owner: 'l',
      step: 's',
      params: { gamma: 2 },
      level: 0,
      region: { x: -3, y: 5, width: 40, height: 1 },
    },
  },
  { name: 'pixels.read', payload: { document: 'd', which: 'before', x: 5, y: -3, width: 64, height: 1 } },
  {
    name: 'histogram.read',
    payload: {
      document: 'd',
      which: 'before',
      selection: { shape: 'ellipse', x: 0, y: 3, width: 1, height: 40, inverted: true },
    },
  },
  {
    name: 'profile.read',
    payload: { document: 'd', which: 'after', from: { x: 0, y: 3 }, to: { x: 9, y: 1 } },
  },
  { name: 'export.estimate', payload: { document: 'd', options: { format: 'webp', quality: 80 } } },
  {
    name: 'export.save',
    payload: {
      document: 'd',
      options: {
        format: 'jpeg',
        quality: 90,
        depth: 8,
        metadata: 'all',
        profile: 'srgb',
        background: [0, 1, 2],
      },
    },
  },
  { name: 'export.cancel', payload: { document: 'd' } },
  { name: 'recipe.text', payload: { document: 'd', layer: 'l', steps: ['s'], keep: false } },
  {
    name: 'recipe.save',
    payload: { document: 'd', layer: 'l', steps: ['s', 't'], keep: true, name: 'Soft light' },
  },
  { name: 'recipe.measured', payload: { document: 'd', layer: 'l', steps: ['s'] } },
  { name: 'recipe.choose', payload: {} },
  { name: 'recipe.read', payload: { file: 'f' } },
  { name: 'batch.chooseInputs', payload: {} },
  { name: 'batch.chooseTarget', payload: {} },
  {
    name: 'batch.begin',
    payload: {
      steps: [step],
      inputs: [{ name: 'a.png', file: null }],
      options: { format: 'same', quality: 80, metadata: 'none', profile: 'keep' },
      template: '{name}-edited.{ext}',
      folder: null,
      replace: true,
    },
  },
  { name: 'batch.file', payload: { batch: 'b', index: 3, file: 'f' } },
  { name: 'batch.end', payload: { batch: 'b' } },
  { name: 'script.make', payload: { document: 'd' } },
  { name: 'script.save', payload: { document: 'd' } },
  { name: 'script.verify', payload: { document: 'd' } },
  { name: 'script.cancel', payload: { document: 'd' } },
];

type Path = readonly (string | number)[];

/** Every place in a payload, its own root first. Free-form parameters are left out: what they hold is checked by `reduce`. */
export function placesIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null || path.at(-1) === 'params') return [path];
  const inside = Array.isArray(value)
    ? value.flatMap((part, index) => placesIn(part, [...path, index]))
    : Object.entries(value).flatMap(([name, part]) => placesIn(part, [...path, name]));
  return [path, ...inside];
}

export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, name) => (typeof part === 'object' && part !== null ? Reflect.get(part, name) : undefined),
    value,
  );
}

/** A deep copy with `change` made at `path`; a result of undefined takes the field away. */
export function withChange(value: unknown, path: Path, change: (part: unknown) => unknown): unknown {
  const copy: unknown = structuredClone(value);
  if (path.length === 0) return change(copy);
  const holder = at(copy, path.slice(0, -1));
  const name = path[path.length - 1];
  if (typeof holder !== 'object' || holder === null) throw new Error('no such place');
  const changed = change(Reflect.get(holder, name));
  if (changed === undefined) Reflect.deleteProperty(holder, name);
  else Reflect.set(holder, name, changed);
  return copy;
}
