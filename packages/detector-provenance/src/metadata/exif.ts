import { Cursor, EndOfBytes } from '../file/cursor.js';
import { decodeText } from '../file/decode-text.js';
import type { Parts } from '../file/parts.js';
import { LIMITS } from '../limits.js';
import { BLOCKS, EXIF_TAGS, POINTERS, SIZES } from './exif-tags.js';
import { readUserComment } from './user-comment.js';

/** What the camera side of an EXIF block says, beside its texts. */
export interface Exif {
  /** Values by tag name, as text. */
  readonly values: ReadonlyMap<string, string>;
  readonly makerNote: NoteBlock | null;
  readonly gps: boolean;
  /** The embedded JPEG thumbnail. */
  readonly thumbnail: Uint8Array | null;
}

/** Where a maker note lies. Its addresses count from the note or from the block, as its maker likes. */
export interface NoteBlock {
  readonly block: Cursor;
  readonly little: boolean;
  readonly start: number;
  readonly size: number;
}

interface Walk {
  readonly file: Cursor;
  readonly little: boolean;
  readonly parts: Parts;
  readonly seen: Set<number>;
  readonly values: Map<string, string>;
  makerNote: NoteBlock | null;
  gps: boolean;
  thumbnail: Uint8Array | null;
}

/** Reads a TIFF structure: the directories of EXIF, or a whole TIFF file. Directories that point in a circle are read once. O(entries) */
export function readExif(block: Uint8Array, parts: Parts): Exif {
  const file = new Cursor(block);
  const walk: Walk = { file, little: file.startsWith('II'), parts, seen: new Set(), values: new Map(), makerNote: null, gps: false, thumbnail: null };
  try {
    if (!file.startsWith('II*\0') && !file.startsWith('MM\0*')) throw new EndOfBytes('no TIFF header');
    const next = readDirectory(walk, file.u32(4, walk.little));
    if (next !== 0) readDirectory(walk, next, true);
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error;
    parts.findings.add('EXIF_MALFORMED', `the EXIF block points beyond its end (${error.message})`);
  }
  return walk;
}

/** Reads one directory and those it points to; gives the place of the next. */
function readDirectory(walk: Walk, at: number, isThumbnail = false): number {
  const { file, little, parts, seen } = walk;
  if (seen.has(at)) {
    parts.findings.add('EXIF_CYCLE', 'EXIF directories point in a circle');
    return 0;
  }
  seen.add(at);
  const count = file.u16(at, little);
  const numbers = new Map<number, number>();
  for (let i = 0; i < count && parts.part(); i++) readEntry(walk, at + 2 + 12 * i, isThumbnail ? numbers : undefined);
  if (isThumbnail) keepThumbnail(walk, numbers);
  return file.u32(at + 2 + 12 * count, little);
}

function readEntry(walk: Walk, entry: number, numbers: Map<number, number> | undefined): void {
  const { file, little } = walk;
  const [tag, type, count] = [file.u16(entry, little), file.u16(entry + 2, little), file.u32(entry + 4, little)];
  const size = (SIZES[type] ?? 0) * count;
  const start = size > 4 ? file.u32(entry + 8, little) : entry + 8;
  if (numbers) {
    numbers.set(tag, type === 3 ? file.u16(start, little) : file.u32(start, little));
    return;
  }
  const pointer = POINTERS[tag];
  if (pointer === 'gps') walk.gps = true;
  else if (pointer && walk.seen.size < LIMITS.depth) readDirectory(walk, file.u32(start, little));
  else if (Object.values(BLOCKS).includes(tag as never)) readBlock(walk, tag, start, size);
  else if (EXIF_TAGS[tag]) keep(walk, EXIF_TAGS[tag], type, start, count, size);
}

function readBlock({ file, parts }: Walk, tag: number, start: number, size: number): void {
  if (tag === BLOCKS.manifest) parts.manifests.push(size);
  else if (size > LIMITS.text) parts.findings.add('TEXT_TOO_LONG', `a block of ${size} bytes was not read`);
  else if (tag === BLOCKS.xmp) parts.xmp.push(file.slice(start, size));
  else if (tag === BLOCKS.iptc) parts.iptc.push(file.slice(start, size));
  else if (tag === BLOCKS.photoshop) parts.photoshop.push(file.slice(start, size));
}

function keep(walk: Walk, name: string, type: number, start: number, count: number, size: number): void {
  const { file, parts } = walk;
  if (name === 'MakerNote') {
    if (start + size <= file.length) walk.makerNote = { block: file, little: walk.little, start, size };
    return;
  }
  if (size > LIMITS.text) {
    parts.findings.add('TEXT_TOO_LONG', `EXIF ${name} of ${size} bytes was not read`);
    return;
  }
  const value = textOf(walk, name, type, start, count, size)
    .replace(/\0[\s\S]*$/, '')
    .trim();
  if (value === '' || walk.values.has(name)) return;
  walk.values.set(name, value);
  parts.field('exif', name, value);
}

function textOf({ file, little }: Walk, name: string, type: number, start: number, count: number, size: number): string {
  if (name === 'UserComment') return readUserComment(file.slice(start, size), little);
  if (name.startsWith('XP')) return new TextDecoder('utf-16le').decode(file.slice(start, size));
  if (type === 2 || type === 7 || type === 1 || type === 129) return decodeText(file.slice(start, size));
  if (count === 0) return '';
  if (type === 3) return String(file.u16(start, little));
  if (type === 4) return String(file.u32(start, little));
  return type === 5 ? `${file.u32(start, little)}/${file.u32(start + 4, little)}` : '';
}

function keepThumbnail(walk: Walk, numbers: ReadonlyMap<number, number>): void {
  const [start, length] = [numbers.get(BLOCKS.thumbnailStart), numbers.get(BLOCKS.thumbnailLength)];
  if (start === undefined || !length || start + length > walk.file.length) return;
  walk.thumbnail = walk.file.slice(start, length);
}
