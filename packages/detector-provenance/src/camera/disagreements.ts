import type { FindingCode, Findings } from '../finding.js';
import type { Camera } from './camera.js';

/** Findings that belong to the camera's side; reports show them as evidence. */
export const DISAGREEMENTS: ReadonlySet<FindingCode> = new Set([
  'MAKER_DIFFERS',
  'MODEL_DIFFERS',
  'SERIAL_DIFFERS',
  'MAKER_MOVED',
  'SIZE_DIFFERS',
  'THUMBNAIL_DIFFERS',
  'TABLES_DIFFER',
]);

/** What of the camera's side contradicts itself becomes a finding: edited or copied since, which says nothing about how the picture was made. */
export function noteDisagreements({ make, makerNote, sizeFits, thumbnail, tables }: Omit<Camera, 'statements'>, findings: Findings): void {
  if (makerNote?.fits === false) findings.add('MAKER_DIFFERS', `the maker note is of another maker than ${make}`);
  if (makerNote?.modelFits === false) findings.add('MODEL_DIFFERS', `the maker note names the camera ${makerNote.model}`);
  if (makerNote?.serialFits === false) findings.add('SERIAL_DIFFERS', 'the maker note has another serial number than EXIF');
  if (makerNote?.inPlace === false)
    findings.add('MAKER_MOVED', 'the addresses in the maker note lead elsewhere: a program that does not know it wrote the metadata anew');
  if (sizeFits === false) findings.add('SIZE_DIFFERS', 'EXIF gives another size: the picture was cropped or resized since');
  if (thumbnail?.shapeFits === false)
    findings.add('THUMBNAIL_DIFFERS', 'the embedded thumbnail has another shape: the picture was cropped since, or the thumbnail is not its own');
  if (tables?.claimFits === false)
    findings.add('TABLES_DIFFER', `the quantisation tables are as ${listed(tables.names)} writes them, which EXIF does not name: saved again since`);
}

/** A few names of many. */
export const listed = (names: readonly string[]): string => (names.length > 3 ? `${names.slice(0, 3).join('; ')} or another` : names.join(' or '));
