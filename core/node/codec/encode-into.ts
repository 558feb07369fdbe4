/** A picture on its way into a file: its pixels and its metadata are laid where a child finds them, and the child writes the file. */

import { succeed, type Result } from '../../raster/fault';
import { byteLength, shapeOf, type Raster } from '../../raster/raster';
import { checked, type Outcome } from './codec-process';
import { sideFault } from './limits';
import { answerSchemas, BLOCKS, type Job } from './messages';
import type { EncodeOptions, PictureMetadata } from './picture';
import { pixelFile, type StripedPicture } from './striped-picture';
import type { Workspace } from './workspace';

export interface EncodeMeans {
  readonly workspace: Workspace;
  readonly run: (job: Job) => Promise<Outcome>;
  /** Does something with files of these names and removes them afterwards. */
  readonly inWorkspace: <T>(files: readonly string[], work: () => Promise<Result<T>>) => Promise<Result<T>>;
}

/** Writes a file of this name to the workspace. What was written of it where this fails is for the caller to remove. */
export async function encodeInto(
  output: string,
  picture: Raster | StripedPicture,
  metadata: PictureMetadata | null,
  options: EncodeOptions,
  { workspace, run, inWorkspace }: EncodeMeans,
): Promise<Result<void>> {
  const tooLarge = sideFault(picture, options.format);
  if (tooLarge !== null) return { ok: false, fault: tooLarge };
  const [blocks, profile] = [workspace.name(), workspace.name()];
  const pixels = `${workspace.name()}.v`;
  return inWorkspace([pixels, blocks, profile], async () => {
    await workspace.write(pixels, pixelFile(picture), byteLength(picture));
    await workspace.prepare(output, byteLength(picture));
    const parts = BLOCKS.map((name) => metadata?.[name] ?? new Uint8Array());
    await workspace.write(blocks, parts);
    const [exif, xmp, iptc, icc] = parts.map((part) => part.length);
    const job: Job = {
      kind: 'encode',
      pixels,
      shape: shapeOf(picture),
      blocks,
      lengths: { exif, xmp, iptc, icc },
      density: metadata?.density,
      profile,
      output,
      options: {
        ...options,
        background: options.background === undefined ? undefined : [...options.background],
      },
    };
    const answer = checked(answerSchemas.encode, await run(job));
    return answer.ok ? succeed(undefined) : answer;
  });
}
