/** A file's picture on its way in: a child decodes it into a file of pixels, which is read from there into a raster. */

import { succeed, type Result } from '../../raster/fault';
import { byteLength, type Raster, type Shape } from '../../raster/raster';
import { checked, type Outcome } from './codec-process';
import { answerSchemas, cutBlocks, type DecodeJob, type ReadLimits } from './messages';
import type { DecodedPicture, DecodeOptions } from './picture';
import { readAhead } from './read-ahead';
import type { Workspace } from './workspace';

export interface DecodeMeans {
  readonly workspace: Workspace;
  readonly limits: ReadLimits;
  readonly createRaster: (shape: Shape) => Raster | Promise<Raster>;
  readonly run: (job: DecodeJob) => Promise<Outcome>;
}

/** Names in the workspace: of the file, and of what the caller removes afterwards. */
export interface DecodeNames {
  readonly input: string;
  readonly pixels: string;
  readonly blocks: string;
}

/** Decodes the file of this name. */
export async function decodeFrom(
  { input, pixels, blocks }: DecodeNames,
  reducedTo: DecodeOptions['reducedTo'],
  { workspace, limits, createRaster, run }: DecodeMeans,
): Promise<Result<DecodedPicture>> {
  const ahead = readAhead(workspace.pathOf(pixels), (shape) =>
    byteLength(shape) > limits.decodedBytes ? null : createRaster(shape),
  );
  const job: DecodeJob = { kind: 'decode', input, pixels, blocks, limits, reducedTo };
  const outcome = await run(job).catch(async (error: unknown) => {
    await ahead.stop(null);
    throw error;
  });
  const answer = checked(answerSchemas.decode, outcome);
  const begun = await ahead.stop(answer.ok ? answer.value : null);
  if (!answer.ok) return answer;
  const { info, shape, offset, lengths, notices } = answer.value;
  const metadata = {
    ...cutBlocks(await workspace.read(blocks), lengths),
    ...(info.density === undefined ? {} : { density: info.density }),
  };
  const into = begun?.raster ?? (await createRaster(shape));
  const raster = await workspace.readRaster(pixels, offset, into, begun?.bytes);
  return succeed({ raster, info, metadata, notices });
}
