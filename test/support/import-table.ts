// Who may import whom, as ARCHITECTURE.md has it, and a function that holds a file against it. A zone is a folder; the
// longest prefix of a path decides to which zone it belongs.
import { builtinModules } from 'node:module';
import { posix } from 'node:path';

interface Rule {
  /** Zones of our own that may be imported. A zone may always import itself. */
  readonly zones: readonly string[];
  /** Whether a module from outside may be imported. */
  readonly outsider: (name: string) => boolean;
}

const isNode = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name);
const isSharp = (name: string): boolean => name === 'sharp' || name.startsWith('@img/');
const isElectron = (name: string): boolean => name === 'electron' || name.startsWith('electron/');
const isPage = (name: string): boolean =>
  name === 'svelte' || name.startsWith('svelte/') || name === 'bits-ui';

const none = (): boolean => false;
const library = (name: string): boolean => !isSharp(name) && !isElectron(name) && !isPage(name);

/** The storeys of core, each of which may import those before it. */
const storeys = ['raster', 'colour', 'operation', 'operations', 'document', 'plan', 'derive', 'protocol'].map(
  (name) => `core/${name}`,
);
const nodeZones = ['core/node', 'core/node/codec'];
const coreAnywhere = [...storeys, 'core/kernels'];

/** Which storeys may call the inner loops. */
const callsKernels = ['core/colour', 'core/operation', 'core/operations', 'core/plan'];

/** The few libraries that core uses: each runs anywhere and does one thing that is not Burnish's own. */
const librariesOfCore: Readonly<Record<string, readonly string[]>> = {
  'core/operation': ['fastest-levenshtein'],
  'core/plan': ['@noble/hashes'],
  'core/protocol': ['valibot'],
};

const isLibraryOf = (zone: string, name: string): boolean =>
  (librariesOfCore[zone] ?? []).some((library) => name === library || name.startsWith(`${library}/`));

const rules: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(
    storeys.map((zone, index): [string, Rule] => [
      zone,
      {
        zones: [...storeys.slice(0, index), ...(callsKernels.includes(zone) ? ['core/kernels'] : [])],
        outsider: (name) => isLibraryOf(zone, name),
      },
    ]),
  ),
  'core/kernels': { zones: ['core/raster'], outsider: none },
  'core/node': { zones: [...coreAnywhere, 'core/node/codec'], outsider: library },
  'core/node/codec': {
    zones: [...coreAnywhere, 'core/node'],
    outsider: (name) => library(name) || isSharp(name),
  },
  'electron/host': { zones: [...coreAnywhere, ...nodeZones], outsider: isNode },
  'electron/browser': { zones: [...coreAnywhere, ...nodeZones, 'electron/host'], outsider: library },
  'electron/desktop': {
    zones: [...coreAnywhere, ...nodeZones, 'electron/host'],
    outsider: (name) => isNode(name) || isElectron(name),
  },
  electron: {
    zones: [...coreAnywhere, ...nodeZones, 'electron/host', 'electron/browser', 'electron/desktop'],
    outsider: isNode,
  },
  renderer: {
    zones: coreAnywhere,
    outsider: (name) => !isNode(name) && !isSharp(name) && !isElectron(name) && name !== 'ws',
  },
};

/** Longest first, so that core/node/codec is found before core/node. */
const zoneNames = Object.keys(rules).sort((a, b) => b.length - a.length);

/** The zone of a path, or undefined where nothing of the program may lie. */
export function zoneOf(path: string): string | undefined {
  return zoneNames.find((zone) => `${path}/`.startsWith(`${zone}/`));
}

const operationFile = /^core\/operations\/(?!index(\.ts)?$)/;

/**
 * What is wrong with the imports of the file at `path` (from the root of the project, with `/`), a sentence each;
 * empty if all is well.
 */
export function importViolations(path: string, imports: readonly string[]): string[] {
  const zone = zoneOf(path);
  if (zone === undefined) return [`${path} lies in no folder of the import table`];
  const rule = rules[zone];
  if (rule === undefined) return [];
  return imports.flatMap((specifier) => {
    const plain = specifier.replace(/\?.*$/, '');
    if (!plain.startsWith('.')) {
      return rule.outsider(plain) ? [] : [`${path} imports ${specifier}, which ${zone} may not`];
    }
    const target = posix.join(posix.dirname(path), plain);
    const targetZone = zoneOf(target);
    if (operationFile.test(path) && operationFile.test(target)) {
      return [`${path} imports ${specifier}: operations never import each other`];
    }
    if (targetZone === zone) return [];
    const allowed = targetZone !== undefined && rule.zones.includes(targetZone);
    return allowed
      ? []
      : [`${path} imports ${specifier}, but ${zone} may not import ${targetZone ?? target}`];
  });
}
