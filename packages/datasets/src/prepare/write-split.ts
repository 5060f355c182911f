import { basename, join } from 'node:path';
import type { Image } from '@syntrace/core';
import { stringify } from 'csv-stringify/sync';
import { GrowingFile, type SplitWriter } from '../formats/split-writer.js';
import { openWriter } from '../formats/writers.js';
import type { Split } from '../layouts/place.js';
import type { PreparedFormat } from './options.js';
import type { ClassedPicture } from './plan.js';
import { type PrepareProgress, saveProgress } from './progress.js';
import { type Read, type ReadOptions, readValues } from './read-values.js';
import type { Values } from './transform.js';

/** Where and how splits are written. */
export interface SplitTarget {
  readonly folder: string;
  readonly format: PreparedFormat;
  readonly name: string;
  readonly root: string;
  readonly classes: readonly string[];
}

/** The table of prepared pictures. */
export const TABLE = 'files.csv';
const COLUMNS = ['split', 'index', 'file', 'label', 'class', 'sha256'];

/** Converts and keeps the pictures of one split from where it was left; progress is saved after each block, so that the end has the same bytes. */
export async function writeSplit(
  target: SplitTarget,
  split: Split,
  pictures: readonly ClassedPicture[],
  transform: (image: Image) => Promise<Values>,
  progress: PrepareProgress,
  options: ReadOptions & { readonly onProgress?: (done: number, total: number) => void },
): Promise<void> {
  const part = progress.splits[split];
  if (part.done) return;
  const table = await GrowingFile.open(join(target.folder, TABLE), progress.table);
  let writer: SplitWriter | undefined;
  let block: Read[] = [];
  const opened = async () => {
    const { shape, bytesPerPicture } = progress;
    if (!shape) return undefined;
    const failed = new Set(part.failed.map(({ path }) => path));
    const before = pictures.slice(0, part.taken).flatMap(({ path, label }) => (failed.has(path) ? [] : label));
    return openWriter(target.format, target.folder, target.name, split, { shape, bytesPerPicture, classes: target.classes.length, before }, part.state);
  };
  const keep = async () => {
    const good = block.flatMap(read => ('values' in read ? read : []));
    if (writer) {
      const first = writer.state().written;
      await writer.append({ values: good.map(({ values }) => values.data), labels: good.map(({ picture }) => picture.label) });
      await table.append(Buffer.from(stringify(good.map((read, i) => rowOf(target, split, first + i, read)))));
      await table.sync();
      part.state = writer.state();
    }
    part.failed.push(...block.flatMap(read => ('failure' in read ? read.failure : [])));
    part.taken += block.length;
    progress.table = table.length;
    block = [];
    await saveProgress(target.folder, progress);
  };
  try {
    if (part.state.written > 0) writer = await opened();
    if (table.length === 0) await table.append(Buffer.from(stringify([COLUMNS])));
    for await (const read of readValues(pictures, part.taken, transform, progress, options)) {
      if ('values' in read) writer ??= await opened();
      block.push(read);
      options.onProgress?.(part.taken + block.length, pictures.length);
      if (block.length >= (writer?.block ?? 64)) await keep();
    }
    await keep();
    await writer?.finish();
    part.done = true;
    await saveProgress(target.folder, progress);
  } finally {
    await writer?.close();
    await table.close();
  }
}

const rowOf = (
  { root, classes }: SplitTarget,
  split: Split,
  index: number,
  { picture, hash }: Extract<Read, { values: Values }>,
): readonly (string | number)[] => [
  split,
  index,
  picture.path.startsWith(`${root}/`) ? picture.path.slice(root.length + 1) : basename(picture.path),
  picture.label,
  classes[picture.label] ?? '',
  hash,
];
