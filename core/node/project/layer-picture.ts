/**
 * The picture of a layer as it lies in an archive, looked at in one reading: what it is called by its content, and its beginning, in
 * which its header stands. The picture itself is read when it is needed, and then has to be what it was.
 */

import { createHash } from 'node:crypto';
import type { SourceId } from '../../document/document';
import { fail, resultOf, succeed, type Result } from '../../raster/fault';
import { chunksOf } from '../files/bytes-elsewhere';
import { checkedPieces, type OriginalFile } from './source-files';

/** Bytes: all of most pictures, and of every other more than stands before its pixels. */
const BEGINNING = 2 ** 24;

export interface LayerPicture {
  readonly id: SourceId;
  /** Its first bytes, or all. */
  readonly first: Uint8Array;
  readonly content: OriginalFile['bytes'];
}

const changed = fail('changed', 'it has changed while it was read', 'open it again').fault;

/** The beginning of a picture, in which its header stands; no more is read where it is not in memory. The fault is that of reading it. */
export async function beginningOf(content: OriginalFile['bytes']): Promise<Result<Uint8Array>> {
  if (content instanceof Uint8Array) return succeed(content);
  return resultOf(async () => {
    const first: Uint8Array[] = [];
    let kept = 0;
    for await (const piece of content.chunks()) {
      first.push(piece);
      kept += piece.byteLength;
      if (kept >= BEGINNING) break;
    }
    return Buffer.concat(first);
  });
}

/** The fault is that of reading it. */
export async function lookedAt(taken: OriginalFile['bytes']): Promise<Result<LayerPicture>> {
  return resultOf(async () => {
    const hash = createHash('sha256');
    const first: Uint8Array[] = [];
    let kept = 0;
    for await (const piece of chunksOf(taken)) {
      hash.update(piece);
      if (kept < BEGINNING) first.push(piece);
      kept += piece.byteLength;
    }
    const id = hash.digest('hex');
    if (taken instanceof Uint8Array) return { id, first: taken, content: taken };
    const { size, chunks } = taken;
    const content = { size, chunks: () => checkedPieces(chunks(), id, changed) };
    return { id, first: Buffer.concat(first), content };
  });
}
