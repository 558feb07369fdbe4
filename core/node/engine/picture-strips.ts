/** A picture strip by strip, a few of them in work at a time, in buffers that are used again and again: all of it is nowhere. */

import type { Program } from '../../plan/program';
import { scheduleStrips, type ScheduledStrip } from '../../plan/strips';
import { FaultError, succeed, type Result } from '../../raster/fault';
import type { Raster, Samples } from '../../raster/raster';
import type { Size } from '../../raster/rectangle';
import type { Errand } from './errand';
import { firstRows } from './first-rows';
import { inTurn } from './in-turn';
import type { HeldTiles, PlanRunner } from './plan-runner';
import type { SharedRasters } from './shared-rasters';

/** Strips under way while one is being written. */
const STRIPS_AHEAD = 2;

export interface StripParts {
  readonly runner: PlanRunner;
  readonly rasters: SharedRasters;
  readonly tile: Size;
  /** Of a strip, about. */
  readonly bytes: number;
  /** Runs one strip's work as an errand of its own. */
  readonly errand: (work: (errand: Errand) => Promise<Result<Samples>>) => Promise<Result<Samples>>;
}

/** Whole rows from the top down; each strip's samples are good until the next one is asked for. */
export async function* pictureStrips(top: Program, parts: StripParts): AsyncGenerator<Samples, void> {
  const { runner, rasters } = parts;
  const schedule = scheduleStrips(top, parts.tile, parts.bytes);
  const height = Math.max(...schedule.map(({ rectangle }) => rectangle.height));
  const buffers: Raster[] = [];
  const held: HeldTiles = new Map();
  const compute = async (
    { rectangle, plan, lastUsed }: ScheduledStrip,
    buffer: Raster,
    errand: Errand,
  ): Promise<Samples> => {
    // Jobs may still write to it when nobody wants the strips any more.
    rasters.hold(buffer);
    errand.held.push(buffer);
    const raster = firstRows(buffer, rectangle.height);
    await runner.run(top, plan, errand, rasters.rowsOf(raster, rectangle), undefined, held);
    runner.letGo(held, lastUsed);
    return raster.data;
  };
  const computed = inTurn(schedule, STRIPS_AHEAD, (strip, index) => {
    const buffer = (buffers[index % (STRIPS_AHEAD + 1)] ??= rasters.createTile({ ...top.shape, height }));
    return parts.errand(async (errand) => succeed(await compute(strip, buffer, errand)));
  });
  try {
    for await (const strip of computed) {
      if (!strip.ok) throw new FaultError(strip.fault);
      yield strip.value;
    }
  } finally {
    for (const buffer of buffers) rasters.letGo(buffer);
    runner.letGo(held, held.keys());
    runner.forget(top);
  }
}
