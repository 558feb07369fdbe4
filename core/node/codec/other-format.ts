/** The names of what Burnish does not read. Apart from the formats that it reads, because only the child needs the library for it. */

/** Loaded for the first file that wants it: the child is waited for, and most files are told by their first bytes. */
export const loadFileTypes = (): Promise<typeof import('file-type')> => import('file-type');

const names: Readonly<Record<string, string>> = {
  'image/heic': 'HEIC',
  'image/heif': 'HEIC',
  'image/heic-sequence': 'HEIC',
  'image/heif-sequence': 'HEIC',
  'image/bmp': 'BMP',
  'image/x-icon': 'ICO',
  'image/vnd.adobe.photoshop': 'Photoshop (PSD)',
  'image/jxl': 'JPEG XL',
  'image/jp2': 'JPEG 2000',
  'image/jpx': 'JPEG 2000',
  'image/jpm': 'JPEG 2000',
  'image/vnd.ms-photo': 'JPEG XR',
  'image/x-canon-cr2': 'Canon raw (CR2)',
  'image/x-canon-cr3': 'Canon raw (CR3)',
  'image/x-nikon-nef': 'Nikon raw (NEF)',
  'image/x-sony-arw': 'Sony raw (ARW)',
  'image/x-adobe-dng': 'raw (DNG)',
  'image/x-panasonic-rw2': 'Panasonic raw (RW2)',
  'image/x-olympus-orf': 'Olympus raw (ORF)',
  'image/x-fujifilm-raf': 'Fujifilm raw (RAF)',
};

/**
 * What a file is that Burnish does not read, as the subject of a sentence (`HEIC pictures`, `PDF files`);
 * null where nobody can tell. Camera raws pass for TIFF at first sight, so this is asked of TIFF files too:
 * null for a plain one.
 */
export async function nameOfOther(bytes: Uint8Array): Promise<string | null> {
  const { fileTypeFromBuffer } = await loadFileTypes();
  // The library reads some formats to their end; the child's time limit is around it.
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (type === undefined || type.mime === 'image/tiff') return null;
  const name = names[type.mime];
  if (name !== undefined) return `${name} pictures`;
  const kind = type.mime.startsWith('image/') ? 'pictures' : 'files';
  return `${type.ext.toUpperCase()} ${kind}`;
}
