/** How a maker's note is built: its mark, and where its directory of tags begins. */
export interface NoteLayout {
  readonly maker: RegExp;
  readonly mark: string;
  /** Byte of the note at which the directory begins; `null`: it has none that is read here. A number behind `pointer`: it stands at that byte (little-endian). */
  readonly directory: number | null | { readonly pointer: number };
  /** What addresses count from: the EXIF block, the note, or a TIFF header of its own at a byte of the note. */
  readonly base: 'block' | 'note' | { readonly header: number };
  /** Order of bytes where it is not the block's. */
  readonly order?: 'little' | 'big';
  /** Tags that are compared with EXIF. */
  readonly tags?: { readonly model?: number; readonly serial?: number };
}

/** Marks and layouts as ExifTool's and Exiv2's documentation of maker notes describe them. The first whose mark fits counts, so longer marks come first. */
export const LAYOUTS: readonly NoteLayout[] = [
  { maker: /^nikon/i, mark: 'Nikon\0\x02', directory: { pointer: 14 }, base: { header: 10 }, tags: { serial: 0x1d } },
  { maker: /^nikon/i, mark: 'Nikon\0\x01', directory: 8, base: 'block' },
  { maker: /^nikon/i, mark: 'Nikon\0', directory: null, base: 'block' },
  { maker: /^olympus|^om digital/i, mark: 'OM SYSTEM\0\0\0II', directory: 16, base: 'note', order: 'little' },
  { maker: /^olympus|^om digital/i, mark: 'OLYMPUS\0II', directory: 12, base: 'note', order: 'little' },
  { maker: /^olympus|^om digital/i, mark: 'OLYMPUS\0', directory: null, base: 'note' },
  { maker: /^olympus|^om digital/i, mark: 'OLYMP\0', directory: 8, base: 'block' },
  { maker: /^fuji|^leica|^(konica )?minolta|^sharp/i, mark: 'FUJIFILM', directory: { pointer: 8 }, base: 'note', order: 'little' },
  { maker: /^fuji|^leica|^(konica )?minolta|^sharp/i, mark: 'GENERALE', directory: { pointer: 8 }, base: 'note', order: 'little' },
  { maker: /^panasonic|^leica/i, mark: 'Panasonic\0', directory: 12, base: 'block' },
  { maker: /^panasonic/i, mark: 'MKE', directory: null, base: 'block' },
  { maker: /^sony/i, mark: 'SONY DSC', directory: 12, base: 'block' },
  { maker: /^sony/i, mark: 'SONY CAM', directory: 12, base: 'block' },
  { maker: /^sony/i, mark: 'SONY MOBILE', directory: 12, base: 'block' },
  { maker: /^sony/i, mark: 'SONY PIC', directory: null, base: 'block' },
  { maker: /^sony/i, mark: '\0\0SONY PIC', directory: null, base: 'block' },
  { maker: /^sony/i, mark: 'VHAB', directory: null, base: 'block' },
  { maker: /^pentax|^asahi|^ricoh|^leica|^samsung|kodak/i, mark: 'AOC\0', directory: null, base: 'block' },
  { maker: /^pentax|^asahi|^ricoh/i, mark: 'PENTAX \0', directory: null, base: 'note' },
  { maker: /^pentax|^ricoh/i, mark: 'RICOH\0', directory: null, base: 'note' },
  { maker: /^pentax|^ricoh/i, mark: 'Ricoh', directory: null, base: 'block' },
  { maker: /^apple/i, mark: 'Apple iOS\0', directory: 14, base: 'note', order: 'big' },
  { maker: /^leica/i, mark: 'LEICA', directory: null, base: 'block' },
  { maker: /^sigma/i, mark: 'SIGMA\0', directory: null, base: 'block' },
  { maker: /^sigma/i, mark: 'FOVEON\0', directory: null, base: 'block' },
  { maker: /^casio|^concord/i, mark: 'QVC\0', directory: 6, base: 'block' },
];

/** Canon's notes have no mark: they are a directory at once, whose first tag is the camera's settings. */
export const CANON: NoteLayout = { maker: /^canon/i, mark: '', directory: 0, base: 'block', tags: { model: 0x06, serial: 0x0c } };
