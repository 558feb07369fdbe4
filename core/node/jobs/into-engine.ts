/**
 * A file's picture on its way into the engine, in the window as on the command line: one that is very large stays in the file, of which
 * the engine then reads parts; any other is decoded into memory.
 */

import type { SourceId } from '../../document/document';
import { succeed, type Result } from '../../raster/fault';
import { shapeOf, type Shape } from '../../raster/raster';
import type { Codec, PictureFile } from '../codec/codec';
import type { DecodedPicture } from '../codec/picture';
import type { Engine } from '../engine/engine';

export interface OpeningMeans {
  readonly codec: Pick<Codec, 'decode' | 'regions' | 'mayStay'>;
  readonly engine: Pick<Engine, 'addSource' | 'addFile'>;
  readonly signal?: AbortSignal;
}

/** A file of nobody else's, which stays as it is for as long as it is read. */
export interface Place {
  readonly path: string;
  /** Called once, when nobody reads it any more. */
  readonly leave?: () => void;
}

/** What is known of a picture that the engine has. */
export interface InEngine extends Omit<DecodedPicture, 'raster'> {
  readonly shape: Shape;
  /** Its samples are read out of its file a part at a time, as they are needed. */
  readonly staysInFile: boolean;
}

/**
 * Hands the picture in a file to the engine under this id, until that drops it. `placed` has the file lie at a place, which is
 * asked for only where the picture may stay there; null where it cannot. The fault does not name the file.
 */
export async function intoEngine(
  id: SourceId,
  content: PictureFile,
  placed: () => Promise<Result<Place | null>>,
  means: OpeningMeans,
): Promise<Result<InEngine>> {
  const { codec } = means;
  if (content instanceof Uint8Array && !(await codec.mayStay(content))) return decoded(id, content, means);
  const found = await placed();
  if (!found.ok) return found;
  const place = found.value;
  if (place === null) return decoded(id, content, means);
  let isRead = false;
  try {
    const stays = await inFile(id, place, means);
    if (!stays.ok) return stays;
    isRead = stays.value?.staysInFile === true;
    return stays.value === null ? await decoded(id, content, means) : succeed(stays.value);
  } finally {
    // Plain rows were made of it, or it is in memory, or there is nothing.
    if (!isRead) place.leave?.();
  }
}

async function decoded(
  id: SourceId,
  content: PictureFile,
  { codec, engine, signal }: OpeningMeans,
): Promise<Result<InEngine>> {
  const answer = await codec.decode(content, signal === undefined ? {} : { signal });
  if (!answer.ok) return answer;
  const { raster, ...known } = answer.value;
  engine.addSource(id, raster);
  return succeed({ ...known, shape: shapeOf(raster), staysInFile: false });
}

/** Null where the picture is to be decoded. */
async function inFile(
  id: SourceId,
  { path, leave }: Place,
  { codec, engine, signal }: OpeningMeans,
): Promise<Result<InEngine | null>> {
  const answer = await codec.regions(path, signal);
  if (!answer.ok) return answer;
  const picture = answer.value;
  if (picture === null) return succeed(null);
  const staysInFile = typeof picture.levels === 'function';
  const close = (): void => {
    picture.close();
    if (staysInFile) leave?.();
  };
  engine.addFile(id, { ...picture, close });
  const { info, metadata, notices, shape } = picture;
  return succeed({ info, metadata, notices, shape, staysInFile });
}
