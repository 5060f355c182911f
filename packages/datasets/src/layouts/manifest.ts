import { dirname, resolve } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { type Cell, readTable, type TableRow, tableKind } from '../formats/table.js';
import { classOf, type Place, splitOfFolders } from './place.js';

/** A picture that a manifest names. */
export interface ManifestEntry extends Place {
  readonly path: string;
}

/** Whether a path is a table of pictures by its name. */
export const isManifest = (path: string): boolean => tableKind(path) !== null;

/** Reads a CSV or Parquet table with the columns `path` (or `file`), `label` (0, 1, real, fake, …), and optionally `group` (or `generator`) and
 *  `split`. Paths are taken from the table's folder. @throws DATASET_INVALID with the row that is wrong */
export async function readManifest(path: string): Promise<readonly ManifestEntry[]> {
  const rows = await readTable(path);
  const folder = dirname(resolve(path));
  return rows.map((row, i) => entryOf(row, folder, detail => new SyntraceError('DATASET_INVALID', { path, detail: `row ${i + 1} ${detail}` })));
}

function entryOf(row: TableRow, folder: string, refusal: (detail: string) => SyntraceError): ManifestEntry {
  const text = (...names: readonly string[]) => String(names.map(name => row[name]).find(present) ?? '');
  const file = text('path', 'file');
  if (!file) throw refusal('has no path');
  const label = labelOf(text('label', 'class'));
  if (label === undefined) throw refusal(`has the label "${text('label', 'class')}"; known: 0, 1, real, fake`);
  const named = text('split');
  const split = named ? splitOfFolders([named]) : null;
  if (named && !split) throw refusal(`has the split "${named}"; known: train, val, test`);
  return { path: resolve(folder, file), label, group: text('group', 'generator') || 'manifest', split };
}

const present = (cell: Cell | undefined): boolean => cell !== null && cell !== undefined && cell !== '';
const labelOf = (word: string): 0 | 1 | undefined => (word === '0' ? 0 : word === '1' ? 1 : classOf(word));
