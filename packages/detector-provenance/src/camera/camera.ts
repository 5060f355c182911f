import type { Parts } from '../file/parts.js';
import type { Exif } from '../metadata/exif.js';
import type { ThumbnailMatch } from '../thumbnail/compare.js';
import { scanThumbnail } from '../thumbnail/shape.js';
import { noteDisagreements } from './disagreements.js';
import { type MakerNote, readMakerNote } from './maker-note.js';
import { statementsOf } from './statements.js';
import { claimFits, type TableWriters, writersOfTables } from './tables.js';

/** What the camera's side of the metadata says, and whether it agrees with itself. Shown as evidence; metadata can be copied, so it never makes a
 *  picture real, and where it is missing that means nothing: most pictures on the web have lost it. */
export interface Camera {
  readonly make: string | null;
  readonly model: string | null;
  readonly lens: string | null;
  readonly software: string | null;
  /** As written, without a zone. */
  readonly time: string | null;
  readonly position: boolean;
  readonly makerNote: MakerNoteCheck | null;
  /** Whether the size in EXIF is the picture's; `null` when EXIF gives none. */
  readonly sizeFits: boolean | null;
  readonly thumbnail: EmbeddedThumbnail | null;
  /** Who writes such quantisation tables, and whether the camera or program that EXIF names is among them (`null`: cannot be told). */
  readonly tables: (TableWriters & { readonly claimFits: boolean | null }) | null;
  /** Sentences for people. */
  readonly statements: readonly string[];
}

/** A maker note against EXIF; `null` where there is nothing to compare. */
export interface MakerNoteCheck extends MakerNote {
  readonly modelFits: boolean | null;
  readonly serialFits: boolean | null;
}

export interface EmbeddedThumbnail {
  readonly width: number;
  readonly height: number;
  /** Whether it has the picture's shape. */
  readonly shapeFits: boolean;
  /** Its content against the picture's; `null` until the pixels were looked at, and where they say nothing. */
  readonly match: ThumbnailMatch | null;
}

/** `null` when the file has no EXIF and no tables to speak of. O(text) */
export async function cameraOf(exif: Exif | null, parts: Parts): Promise<Camera | null> {
  const writers = await writersOfTables(parts);
  if (!exif && (!writers || (writers.ijgQuality === null && writers.names.length === 0))) return null;
  const text = (name: string) => exif?.values.get(name) ?? null;
  const [make, model, software] = [text('Make'), text('Model'), text('Software')];
  const camera = {
    make,
    model,
    lens: text('LensModel'),
    software,
    time: text('DateTimeOriginal') ?? text('DateTime'),
    position: exif?.gps ?? false,
    makerNote: make && exif?.makerNote ? checkedNote(readMakerNote(make, exif.makerNote), model, text('BodySerialNumber')) : null,
    sizeFits: sizeFits(text('PixelXDimension'), text('PixelYDimension'), parts.size),
    thumbnail: exif?.thumbnail ? scanThumbnail(exif.thumbnail, parts.size) : null,
    tables: writers && { ...writers, claimFits: claimFits(writers, make, software) },
  };
  noteDisagreements(camera, parts.findings);
  return { ...camera, statements: statementsOf(camera, text('DateTimeOriginal'), text('DateTime')) };
}

/** A turned picture keeps its size with the sides swapped. */
function sizeFits(width: string | null, height: string | null, size: Parts['size']): boolean | null {
  const [w, h] = [Number(width), Number(height)];
  if (!size || !(w > 0) || !(h > 0)) return null;
  return (w === size.width && h === size.height) || (w === size.height && h === size.width);
}

function checkedNote(note: MakerNote, model: string | null, serial: string | null): MakerNoteCheck {
  // Canon: "IMG:PowerShot G2 JPEG", "Canon EOS 20D".
  const bare = (name: string) =>
    name
      .replace(/^IMG:|^Canon\s|\sJPEG$/gi, '')
      .replace(/^Canon\s/i, '')
      .trim()
      .toLowerCase();
  const digits = (text: string) => (/^[\d\s]+$/.test(text) ? text.replace(/\s|^0+/g, '') : null);
  const [own, claimed] = [note.serial && digits(note.serial), serial && digits(serial)];
  return {
    ...note,
    modelFits: note.model && model ? bare(note.model) === bare(model) : null,
    serialFits: own && claimed ? own === claimed : null,
  };
}
