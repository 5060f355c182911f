import type { Parts } from '../file/parts.js';
import type { Exif } from '../metadata/exif.js';
import { fitsMaker } from './maker-notes.js';
import { softwareOfTables } from './tables.js';
import { scanThumbnail } from './thumbnail.js';

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
  /** Whether the maker note is of the kind that this maker writes; `null` when there is none or the kind is not known. */
  readonly makerNoteFits: boolean | null;
  /** Whether the size in EXIF is the picture's; `null` when EXIF gives none. */
  readonly sizeFits: boolean | null;
  readonly thumbnail: { readonly width: number; readonly height: number /** Whether it has the picture's shape. */; readonly shapeFits: boolean } | null;
  /** Who writes such quantisation tables, where that is known. */
  readonly tables: string | null;
  /** Sentences for people. */
  readonly statements: readonly string[];
}

/** `null` when the file has no EXIF and no tables to speak of. */
export function cameraOf(exif: Exif | null, parts: Parts): Camera | null {
  const tables = softwareOfTables(parts.tables);
  if (!exif && !tables) return null;
  const text = (name: string) => exif?.values.get(name) ?? null;
  const make = text('Make');
  const camera = {
    make,
    model: text('Model'),
    lens: text('LensModel'),
    software: text('Software'),
    time: text('DateTimeOriginal') ?? text('DateTime'),
    position: exif?.gps ?? false,
    makerNoteFits: make && exif?.makerNote ? fitsMaker(make, exif.makerNote) : null,
    sizeFits: sizeFits(text('PixelXDimension'), text('PixelYDimension'), parts.size),
    thumbnail: exif?.thumbnail ? scanThumbnail(exif.thumbnail, parts.size) : null,
    tables,
  };
  note(camera, parts);
  return { ...camera, statements: statementsOf(camera, text('DateTimeOriginal'), text('DateTime')) };
}

/** A turned picture keeps its size with the sides swapped. */
function sizeFits(width: string | null, height: string | null, size: Parts['size']): boolean | null {
  const [w, h] = [Number(width), Number(height)];
  if (!size || !(w > 0) || !(h > 0)) return null;
  return (w === size.width && h === size.height) || (w === size.height && h === size.width);
}

function note({ make, makerNoteFits, sizeFits: fits, thumbnail }: Omit<Camera, 'statements'>, { findings }: Parts): void {
  if (makerNoteFits === false) findings.add('MAKER_DIFFERS', `the maker note is not of the kind that ${make} writes`);
  if (fits === false) findings.add('SIZE_DIFFERS', 'EXIF gives another size: the picture was cropped or resized since');
  if (thumbnail?.shapeFits === false)
    findings.add('THUMBNAIL_DIFFERS', 'the embedded thumbnail has another shape: the picture was cropped since, or the thumbnail is not its own');
}

function statementsOf(camera: Omit<Camera, 'statements'>, taken: string | null, changed: string | null): string[] {
  const { make, model, lens, software, makerNoteFits, sizeFits: fits, thumbnail, tables } = camera;
  const statements: string[] = [];
  if (make || model)
    statements.push(
      `EXIF names the camera ${[make, model].filter(Boolean).join(' ')}${lens ? ` with ${lens}` : ''}; metadata can be copied from any photograph`,
    );
  if (software) statements.push(`EXIF names the software ${software}`);
  if (taken && changed && taken !== changed) statements.push(`taken ${taken}, changed ${changed}`);
  if (makerNoteFits) statements.push(`the maker note is of the kind that ${make} writes`);
  if (fits) statements.push("EXIF gives the picture's own size");
  if (thumbnail?.shapeFits) statements.push("the embedded thumbnail has the picture's shape");
  if (tables) statements.push(`quantisation tables: ${tables}`);
  return statements;
}
