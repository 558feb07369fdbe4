/** Where a script's pictures lie: each is a file of its own, or a file in a zip archive such as a Burnish project. */

import { pythonLiteral, pythonText } from './literal';

export interface ArchivedFile {
  /** Path of the archive. */
  readonly archive: string;
  /** Name of the picture in it. */
  readonly entry: string;
}

export type PictureFile = string | ArchivedFile;

export function isArchived(file: PictureFile | null): file is ArchivedFile {
  return file !== null && typeof file !== 'string';
}

/** The file as it stands in the list of pictures. */
export function fileLiteral(file: PictureFile | null): string {
  return isArchived(file) ? `(${pythonText(file.archive)}, ${pythonText(file.entry)})` : pythonLiteral(file);
}

/** The call that reads it. */
export function readingOf(file: PictureFile): string {
  return isArchived(file)
    ? `read_image_in(${pythonText(file.archive)}, ${pythonText(file.entry)})`
    : `read_image(${pythonText(file)})`;
}

/** In words. */
export function fileName(file: PictureFile): string {
  return isArchived(file) ? `${file.entry} in ${file.archive}` : file;
}
