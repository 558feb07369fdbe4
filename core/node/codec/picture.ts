/**
 * What the codec says about pictures in files, and what it is told about writing them. Everything here is a
 * value that survives JSON, except the raster and the raw metadata blocks, which travel beside it as bytes.
 */

import type { SUBSAMPLINGS } from '../../protocol/format-choices';
import type { ChannelCount, Depth, Raster } from '../../raster/raster';
import type { Size } from '../../raster/rectangle';

/** What is known about a file without its pixels. */
export interface PictureInfo {
  /** 'JPEG', 'PNG', 'WebP', 'TIFF', 'AVIF', 'GIF' or 'SVG', by the file's content. */
  readonly format: string;
  /** Size in pixels as the picture is opened: upright, after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** Layout and depth as the picture is opened; palettes, CMYK and floating point are converted. */
  readonly channels: ChannelCount;
  readonly depth: Depth;
  /** EXIF orientation as stored, 1 … 8; 1 where none is stored. */
  readonly orientation: number;
  /** The description of the embedded colour profile; null where none is embedded. */
  readonly profile: string | null;
  /** Frames of an animation or pages of a document; the first is opened. */
  readonly frames: number;
  /** What the samples mean as stored: 'grey', 'rgb', 'cmyk', 'lab', 'xyz' … */
  readonly colourSpace: string;
  /** Pixels an inch, where the file says so. */
  readonly density?: number;
  /** Whether the file says where the picture was taken. */
  readonly hasPosition: boolean;
  /** A few facts of the camera, in words, by name: 'Camera', 'Lens', 'Taken', 'Exposure', 'Copyright' … */
  readonly facts: Readonly<Record<string, string>>;
}

/** The metadata blocks of a file as they stood there, kept so that an export can carry them on. */
export interface PictureMetadata {
  /** An EXIF block, beginning with its byte order mark (`II` or `MM`). */
  readonly exif?: Uint8Array;
  /** An XMP packet, UTF-8. */
  readonly xmp?: Uint8Array;
  /** IPTC-IIM records. */
  readonly iptc?: Uint8Array;
  /** An ICC profile. */
  readonly icc?: Uint8Array;
  /** Pixels an inch. */
  readonly density?: number;
}

export interface DecodedPicture {
  /** Straight sRGB (or grey) levels over a SharedArrayBuffer. */
  readonly raster: Raster;
  readonly info: PictureInfo;
  readonly metadata: PictureMetadata;
  /** What a user ought to know, a sentence each: damage, further frames, a profile that does not fit. */
  readonly notices: readonly string[];
}

export interface DecodeOptions {
  readonly signal?: AbortSignal;
  /**
   * A smaller picture that fits into this size, made quickly (JPEG and WebP are shrunk while they are read).
   */
  readonly reducedTo?: Size;
}

export const EXPORT_FORMATS = ['jpeg', 'png', 'webp', 'tiff', 'avif'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** 'all' leaves out the position; 'copyright' keeps the artist and the copyright alone. */
export const METADATA_POLICIES = ['all', 'all+gps', 'copyright', 'none'] as const;
export type MetadataPolicy = (typeof METADATA_POLICIES)[number];

/**
 * 'keep' converts back to the profile that the source had and embeds it; where the source had none, or one
 * for another kind of picture (CMYK), it is as 'srgb'. 'srgb' embeds a profile of 480 bytes; grey pictures
 * stay untagged, because every program takes an untagged grey picture for sRGB grey. 'none' writes the same
 * levels and embeds nothing.
 */
export const PROFILE_CHOICES = ['keep', 'srgb', 'none'] as const;
export type ProfileChoice = (typeof PROFILE_CHOICES)[number];

export interface EncodeOptions {
  readonly format: ExportFormat;
  /** 1 … 100, for lossy formats. Default: that of the format's choices. */
  readonly quality?: number | undefined;
  /** Default: the raster's depth, as far as the format goes (JPEG, WebP and AVIF hold 8 bits). */
  readonly depth?: 8 | 16 | undefined;
  /** WebP and AVIF without loss. Default false. */
  readonly lossless?: boolean | undefined;
  /** 0 (fastest) … 9 (smallest file). Default: that of the format's choices; TIFF has none. */
  readonly effort?: number | undefined;
  /**
   * Default: JPEG '4:4:4' from quality 90 up, else '4:2:0'; AVIF '4:4:4', without loss always. WebP is always '4:2:0'
   * unless without loss.
   */
  readonly chromaSubsampling?: (typeof SUBSAMPLINGS)[number] | undefined;
  /** Default 'all'. */
  readonly metadata?: MetadataPolicy | undefined;
  /** Default 'srgb'. */
  readonly profile?: ProfileChoice | undefined;
  /** The colour under transparency where the format has none (JPEG), three levels 0 … 255. Default white. */
  readonly background?: readonly number[] | undefined;
}
