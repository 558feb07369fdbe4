/** A picture with steps on it: the document that the editor would have, and its exact result. */

import { openDocument } from '../../document/commands/document';
import type { Document, Source, Step } from '../../document/document';
import { stepsFromRecipe } from '../../document/recipe';
import type { Result } from '../../raster/fault';
import type { Engine } from '../engine/engine';
import type { RenderedStrips } from '../engine/render-request';

/** The document that the editor would have with this picture alone and these steps on it. */
export function documentOf(
  source: Source,
  steps: readonly Step[],
  seconds: ReadonlyMap<string, Source>,
): Document {
  const opened = openDocument({ document: 'picture', layer: 'layer', source, time: 0 });
  const idOf = (path: string): string => seconds.get(path)?.id ?? path;
  const ids = steps.map((step) => step.id);
  const stack = stepsFromRecipe({ operations: steps }, ids, idOf);
  const sources = Object.fromEntries([source, ...seconds.values()].map((each) => [each.id, each]));
  return { ...opened, sources, layers: opened.layers.map((layer) => ({ ...layer, stack })) };
}

export interface Edit {
  /** A picture that the engine has. */
  readonly source: Source;
  readonly steps: readonly Step[];
  /** Second pictures, by what the steps call them. */
  readonly seconds: ReadonlyMap<string, Source>;
}

/**
 * The exact picture strip by strip, and what its steps reported. Rejects with `Cancelled` where `signal` was aborted; so do the
 * strips.
 */
export function editedStrips(
  engine: Pick<Engine, 'strips'>,
  { source, steps, seconds }: Edit,
  signal: AbortSignal,
): Promise<Result<RenderedStrips>> {
  return engine.strips(documentOf(source, steps, seconds), signal);
}
