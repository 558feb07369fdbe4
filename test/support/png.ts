/** PNG files as rasters at full depth, and back: 16 bits stay 16, grey stays one channel. */

import sharp from 'sharp';
import { sampleCount, type ChannelCount, type Depth, type Raster } from '../../core/raster/raster';

function channelCount(channels: number): ChannelCount {
  if (channels === 1 || channels === 2 || channels === 3 || channels === 4) return channels;
  throw new Error(`a picture of ${channels} channels`);
}

export async function readPng(file: string): Promise<Raster> {
  // The levels as they stand: a profile would have sharp convert them.
  const image = sharp(file, { ignoreIcc: true });
  const { space, channels } = await image.metadata();
  const depth: Depth = space === 'rgb16' || space === 'grey16' ? 16 : 8;
  const grey = space === 'b-w' || space === 'grey16';
  // Without a target space sharp turns everything into 8-bit sRGB.
  const space16 = grey ? 'grey16' : 'rgb16';
  // As 'b-w' sharp gives the first channel alone, without alpha.
  const doubled = grey && depth === 8 && channels === 2;
  const pipeline = image.toColourspace(depth === 16 ? space16 : grey && !doubled ? 'b-w' : 'srgb');
  const { data, info } = await pipeline
    .raw({ depth: depth === 16 ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const picked = doubled ? 2 : info.channels;
  const shape = { width: info.width, height: info.height, channels: channelCount(picked), depth };
  const bytes = Uint8Array.from(doubled ? data.filter((_, at) => at % 4 === 0 || at % 4 === 3) : data);
  const samples = depth === 16 ? new Uint16Array(bytes.buffer) : bytes;
  if (samples.length !== sampleCount(shape)) throw new Error(`${file}: ${samples.length} samples`);
  return { ...shape, data: samples };
}
