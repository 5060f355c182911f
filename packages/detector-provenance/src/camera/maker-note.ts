import { EndOfBytes } from '../file/cursor.js';
import type { NoteBlock } from '../metadata/exif.js';
import { SIZES } from '../metadata/exif-tags.js';
import { CANON, LAYOUTS, type NoteLayout } from './maker-layouts.js';

/** What a maker note says about itself. */
export interface MakerNote {
  /** Whether it is of the kind that the named maker writes, `false` when it has the mark of another; `null` when it has no mark that is known, as many older ones. */
  readonly fits: boolean | null;
  /** Camera and serial number that stand in it. */
  readonly model: string | null;
  readonly serial: string | null;
  /** Whether its addresses lead into it. `false`: it was moved by a program that did not know it, so the metadata were written anew. */
  readonly inPlace: boolean | null;
}

/** Tags of one note; real ones have up to some hundred. */
const MOST_TAGS = 512;
/** Values out of line that must lead elsewhere before a note counts as moved. */
const LEAST_STRAYS = 3;

/** Reads the maker note of a camera that names itself `make`. Never throws. O(tags) */
export function readMakerNote(make: string, note: NoteBlock): MakerNote {
  const layout = layoutOf(make, note);
  const fits = layout?.maker.test(make) ?? null;
  const tags = layout?.directory != null ? readTags(note, layout) : null;
  const text = (tag: number | undefined) => (tag === undefined ? null : (tags?.texts.get(tag) ?? null));
  return {
    fits,
    model: text(layout?.tags?.model),
    serial: text(layout?.tags?.serial),
    inPlace: tags && tags.inside + tags.strays > 0 ? tags.strays < Math.max(LEAST_STRAYS, tags.inside) : null,
  };
}

function layoutOf(make: string, note: NoteBlock): NoteLayout | null {
  const { block, start, size } = note;
  const marked = LAYOUTS.find(({ mark }) => mark.length <= size && block.startsWith(mark, start));
  return marked ?? (CANON.maker.test(make) && looksLikeCanon(note) ? CANON : null);
}

/** A directory of 4 to 120 tags in ascending order that begins with the camera settings (1: shorts). */
function looksLikeCanon({ block, little, start, size }: NoteBlock): boolean {
  if (size < 50) return false;
  const count = block.u16(start, little);
  const tag = (i: number) => block.u16(start + 2 + 12 * i, little);
  return count >= 4 && count <= 120 && 2 + 12 * count <= size && tag(0) <= 1 && tag(0) < tag(1) && tag(1) < tag(2) && tag(2) < tag(3) && tag(3) <= 0x10;
}

interface Tags {
  readonly texts: ReadonlyMap<number, string>;
  /** Values out of line whose address lies inside the note, and those that don't. */
  readonly inside: number;
  readonly strays: number;
}

function readTags(note: NoteBlock, layout: NoteLayout): Tags | null {
  const { block, start, size } = note;
  const own = typeof layout.base === 'object' ? start + layout.base.header : null;
  const little = own === null ? (layout.order ? layout.order === 'little' : note.little) : block.startsWith('II', own);
  const base = own ?? (layout.base === 'note' ? start : 0);
  try {
    const { directory } = layout;
    const at = typeof directory === 'number' ? start + directory : (own ?? start) + block.u32(start + directory!.pointer, little);
    const texts = new Map<number, string>();
    let [inside, strays] = [0, 0];
    const count = Math.min(block.u16(at, little), MOST_TAGS);
    for (let i = 0; i < count; i++) {
      const entry = at + 2 + 12 * i;
      const [tag, type, values] = [block.u16(entry, little), block.u16(entry + 2, little), block.u32(entry + 4, little)];
      const length = (SIZES[type] ?? 0) * values;
      const value = length > 4 ? base + block.u32(entry + 8, little) : entry + 8;
      if (length > 4) {
        if (value >= start && value + length <= start + size) inside++;
        else strays++;
      }
      if (type === 2 && value + length <= block.length)
        texts.set(
          tag,
          block
            .text(value, length)
            .replace(/\0[\s\S]*$/, '')
            .trim(),
        );
      else if (type === 4 && values === 1) texts.set(tag, String(block.u32(value, little)));
    }
    return { texts, inside, strays };
  } catch (error) {
    if (error instanceof EndOfBytes) return null;
    throw error;
  }
}
