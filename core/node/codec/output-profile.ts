/** Which profile an exported file gets, and what that asks of its levels. */

import type { Samples, Shape } from '../../raster/raster';
import { readProfile, srgbToGrey } from './icc';
import type { ProfileChoice } from './picture';
import type { SharpModule } from './sharp-module';

export interface Coloured {
  /** What the levels of a grey picture have to become before; null where they stay as they are. */
  readonly table: Samples | null;
  /** The profile that the levels are in, to be embedded; null for none. */
  readonly profile: Uint8Array | null;
  /** The profile that libvips is to convert to, and to embed instead; null for none. */
  readonly target: Uint8Array | null;
}

/** The sRGB profile that libvips has built in, 480 bytes. */
async function srgbProfile(sharp: SharpModule): Promise<Uint8Array> {
  const pixel = sharp(new Uint8Array(3), { raw: { width: 1, height: 1, channels: 3 } });
  const { icc } = await sharp(await pixel.withIccProfile('srgb').png().toBuffer()).metadata();
  if (icc === undefined) throw new Error('libvips has no sRGB profile');
  return icc;
}

let srgb: Promise<Uint8Array> | null = null;

/** `icc` is the source's profile, where it had one; see `PROFILE_CHOICES` for the rules. */
export async function coloured(
  sharp: SharpModule,
  shape: Shape,
  choice: ProfileChoice,
  icc: Uint8Array | undefined,
): Promise<Coloured> {
  const plain: Coloured = { table: null, profile: null, target: null };
  if (choice === 'none') return plain;
  const source = choice === 'keep' && icc !== undefined ? readProfile(icc) : null;
  if (shape.channels <= 2) {
    if (icc === undefined || source === null || source.grey === null) return plain;
    return { table: srgbToGrey(source.grey, shape.depth), profile: icc, target: null };
  }
  if (icc !== undefined && source?.colours === 'RGB') {
    if (source.isSrgb) return { ...plain, profile: icc };
    return { ...plain, profile: await (srgb ??= srgbProfile(sharp)), target: icc };
  }
  return { ...plain, profile: await (srgb ??= srgbProfile(sharp)) };
}
