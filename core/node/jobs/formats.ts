/** The file formats by their endings: what the command line accepts, and what a target's name asks for. */

import { fail, succeed, type Result } from '../../raster/fault';
import { colourChannelsOf, type Depth, type Shape } from '../../raster/raster';
import { EXPORT_FORMATS, type ExportFormat } from '../codec/picture';

/** What Burnish writes: pictures, which the codec encodes, and layers. */
export type WrittenFormat = ExportFormat | 'ora';

const WRITTEN_FORMATS: readonly WrittenFormat[] = [...EXPORT_FORMATS, 'ora'];

interface FormatFacts {
  readonly title: string;
  /** Without dots, the usual one first. */
  readonly endings: readonly string[];
  readonly deepest: Depth;
  readonly alpha: boolean;
}

export const FORMATS: Readonly<Record<WrittenFormat, FormatFacts>> = {
  jpeg: { title: 'JPEG', endings: ['jpg', 'jpeg', 'jpe', 'jfif'], deepest: 8, alpha: false },
  png: { title: 'PNG', endings: ['png'], deepest: 16, alpha: true },
  webp: { title: 'WebP', endings: ['webp'], deepest: 8, alpha: true },
  tiff: { title: 'TIFF', endings: ['tif', 'tiff'], deepest: 16, alpha: true },
  avif: { title: 'AVIF', endings: ['avif'], deepest: 8, alpha: true },
  ora: { title: 'OpenRaster', endings: ['ora'], deepest: 16, alpha: true },
};

const READ_ONLY: Readonly<Record<string, string>> = { gif: 'GIF', svg: 'SVG' };

const formatByEnding: ReadonlyMap<string, WrittenFormat> = new Map(
  WRITTEN_FORMATS.flatMap((format) => FORMATS[format].endings.map((ending) => [ending, format] as const)),
);

/** The ending of a path, without its dot; empty where it has none. */
export function endingOf(path: string): string {
  return /[^/\\]\.([^./\\]+)$/.exec(path)?.[1] ?? '';
}

/** The format that an ending names, letter case aside; undefined for one that Burnish does not write. */
export function formatOf(ending: string): WrittenFormat | undefined {
  return formatByEnding.get(ending.toLowerCase());
}

/** The shape of a file of this format that holds such a picture. */
export function shapeInFile(format: WrittenFormat, shape: Shape, asked: Depth | null): Shape {
  const { deepest, alpha } = FORMATS[format];
  const depth = Math.min(asked ?? shape.depth, deepest) === 8 ? 8 : 16;
  const channels = alpha ? shape.channels : colourChannelsOf(shape);
  return { width: shape.width, height: shape.height, channels, depth };
}

/** Whether a file with this ending is taken for a picture when a whole folder is named. */
export function looksLikePicture(name: string): boolean {
  const ending = endingOf(name).toLowerCase();
  return formatByEnding.has(ending) || Object.hasOwn(READ_ONLY, ending);
}

export const WRITTEN_ENDINGS = [...formatByEnding.keys()].map((ending) => `.${ending}`).join(', ');

/** The format of a target by its name; the fault says why there is none. */
export function formatOfTarget(name: string): Result<WrittenFormat> {
  const ending = endingOf(name);
  const format = formatOf(ending);
  if (format !== undefined) return succeed(format);
  const readOnly = READ_ONLY[ending.toLowerCase()];
  const message =
    readOnly !== undefined
      ? `${readOnly} is read but not written`
      : ending === ''
        ? 'has no ending that names a format'
        : `the ending ".${ending}" names no format that Burnish writes`;
  return fail('usage', message, `use ${WRITTEN_ENDINGS}, or add --format`);
}
