/**
 * An edit carried out for what there is to tell of it. What its steps measure is known before the first of its pixels is made, and whoever
 * wants no pixels has none made: so a picture of any size costs no memory.
 */

import type { Document } from '../../document/document';
import type { Reported } from '../../operation/operation';
import { succeed, type Result } from '../../raster/fault';
import type { Raster } from '../../raster/raster';
import type { Engine } from '../engine/engine';

export interface CarriedOut {
  /** By the ids of the steps. */
  readonly reported: Readonly<Record<string, Reported>>;
  /** All of the picture; null where it was not asked for. */
  readonly raster: Raster | null;
}

/** The fault is that of steps that cannot work on the picture. Rejects with `Cancelled` where the signal was aborted. */
export async function carriedOut(
  engine: Pick<Engine, 'render' | 'strips'>,
  document: Document,
  wantsPicture: boolean,
  signal: AbortSignal,
): Promise<Result<CarriedOut>> {
  if (!wantsPicture) {
    const made = await engine.strips(document, signal);
    return made.ok ? succeed({ reported: made.value.reported, raster: null }) : made;
  }
  const request = { document, level: 0, exact: true, region: null, format: 'export' } as const;
  const rendered = await engine.render(request, signal);
  if (!rendered.ok) return rendered;
  return succeed({ reported: rendered.value.reported, raster: rendered.value.raster });
}
