/** PNG files as rasters at full depth, and back: 16 bits stay 16, grey stays one channel. */

import sharp from 'sharp';
import { sampleCount, type ChannelCount, type Depth, type Raster } from '../../core/raster/raster';

function channelCount(channels: number): ChannelCount {
  if (channels === 1 || channels === 2 || channels === 3 || channels === 4) return channels;
  throw new Error(`a picture of ${channels} channels`);
}

export async function readPng(file: string): Promise<Raster> {
  const image = sharp(file);
  const { space } = await image.metadata();
  const depth: Depth = space === 'rgb16' || space === 'grey16' ? 16 : 8;
  const grey = space === 'b-w' || space === 'grey16';
  // Without a target space sharp turns everything into 8-bit sRGB.
  const space16 = grey ? 'grey16' : 'rgb16';
  const pipeline = image.toColourspace(depth === 16 ? space16 : grey ? 'b-w' : 'srgb');
  const { data, info } = await pipeline
    .raw({ depth: depth === 16 ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const shape = { width: info.width, height: info.height, channels: channelCount(info.channels), depth };
  const bytes = Uint8Array.from(data);
  const samples = depth === 16 ? new Uint16Array(bytes.buffer) : bytes;
  if (samples.length !== sampleCount(shape)) throw new Error(`${file}: ${samples.length} samples`);
  return { ...shape, data: samples };
}
