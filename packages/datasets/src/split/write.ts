import { copyFile, link, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { type TableRow, writeTable } from '../formats/table.js';
import { mapAhead } from '../run/map-ahead.js';
import { openOutput } from '../run/output-folder.js';
import type { AssignedItem } from './assign.js';

/** Columns of a table of split pictures; `openDataset` reads it as a manifest. */
const COLUMNS = ['path', 'label', 'group', 'split', 'sha256'] as const;

/** Writes the table alone, paths from its folder. */
export async function writeSplitTable(file: string, items: readonly AssignedItem[]): Promise<void> {
  const folder = dirname(resolve(file));
  await mkdir(folder, { recursive: true });
  await writeTable(
    file,
    COLUMNS,
    rowsOf(items, item => relative(folder, item.path)),
  );
}

export interface SplitFolderOptions {
  /** `link`: hard links, which take no room and need one file system. */
  readonly how: 'copy' | 'link';
  readonly settings: Readonly<Record<string, unknown>>;
  readonly resume?: boolean;
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Lays the items out as `<split>/<group>/0_real|1_fake/<name>` with a `files.csv`. Files that are there stay.
 *  @throws USAGE when hard links are not possible, ABORTED */
export async function writeSplitFolder(out: string, items: readonly AssignedItem[], options: SplitFolderOptions): Promise<void> {
  await openOutput(out, { tool: 'split', how: options.how, ...options.settings }, options.resume ?? false);
  const names = targetNames(items);
  const place = async (item: AssignedItem, i: number) => {
    const target = join(out, names[i]!);
    await mkdir(dirname(target), { recursive: true });
    if (options.how === 'link') await linked(item.path, target);
    else {
      await copyFile(item.path, `${target}.part`);
      await rename(`${target}.part`, target);
    }
  };
  let done = 0;
  for await (const _ of mapAhead(items, options.concurrency ?? 4, place, options.signal)) options.onProgress?.(++done, items.length);
  await writeTable(
    join(out, 'files.csv'),
    COLUMNS,
    rowsOf(items, (_, i) => names[i]!),
  );
}

async function linked(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await link(from, to).catch((error: unknown) => {
    throw new SyntraceError('USAGE', { detail: `${to} cannot be a hard link to ${from}: ${String(error)}; take --how copy` }, error);
  });
}

const rowsOf = (items: readonly AssignedItem[], pathOf: (item: AssignedItem, i: number) => string): readonly TableRow[] =>
  items.map((item, i) => ({ path: pathOf(item, i), label: item.label, group: item.group, split: item.split, sha256: item.hash }));

/** Where each item goes; a second file of one name gets a number. */
function targetNames(items: readonly AssignedItem[]): readonly string[] {
  const taken = new Set<string>();
  return items.map(({ path, label, group, split }) => {
    const [folder, name] = [join(split, group, label === 0 ? '0_real' : '1_fake'), basename(path)];
    const stem = name.slice(0, name.length - extname(name).length);
    let target = join(folder, name);
    for (let n = 2; taken.has(target); n++) target = join(folder, `${stem}-${n}${extname(name)}`);
    taken.add(target);
    return target;
  });
}
