import type { Camera } from './camera.js';
import { listed } from './disagreements.js';

/** Said of a thumbnail until its content is known to fit too. */
export const SHAPE_FITS = "the embedded thumbnail has the picture's shape";

/** The camera's side in sentences that promise no more than it does. */
export function statementsOf(camera: Omit<Camera, 'statements'>, taken: string | null, changed: string | null): string[] {
  const { make, model, lens, software, makerNote, sizeFits, thumbnail, tables } = camera;
  const statements: string[] = [];
  if (make || model)
    statements.push(`EXIF names the camera ${cameraName(make, model)}${lens ? ` with ${lens}` : ''}; metadata can be copied from any photograph`);
  if (software) statements.push(`EXIF names the software ${software}`);
  if (taken && changed && taken !== changed) statements.push(`taken ${taken}, changed ${changed}`);
  if (makerNote?.fits) statements.push(`the maker note is of the kind that ${make} writes${makerNote.modelFits ? ', and names the same camera' : ''}`);
  if (makerNote?.serialFits) statements.push('the maker note has the serial number of EXIF');
  if (sizeFits) statements.push("EXIF gives the picture's own size");
  if (thumbnail?.shapeFits) statements.push(SHAPE_FITS);
  if (tables?.ijgQuality != null)
    statements.push(`quantisation tables: the IJG's at quality ${tables.ijgQuality}, as written by libjpeg, most programs on the web and many phones`);
  if (tables && tables.names.length > 0)
    statements.push(`quantisation tables: as written by ${listed(tables.names)}${tables.claimFits ? ', which EXIF names' : ''}`);
  return statements;
}

/** Most models begin with their maker's name. */
function cameraName(make: string | null, model: string | null): string {
  const maker = make?.split(/\s/)[0]?.toLowerCase();
  return maker && model?.toLowerCase().startsWith(maker) ? model : [make, model].filter(Boolean).join(' ');
}
