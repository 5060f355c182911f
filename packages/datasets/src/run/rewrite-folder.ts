import { access, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Image } from '@syntrace/core';
import { type DecodeOptions, decode, encodePng, type Picture } from '@syntrace/image-io';
import { type TableRow, writeTable } from '../formats/table.js';
import { type PictureFile, picturesOf } from '../pictures.js';
import { type FailedPicture, failedPicture } from './failure.js';
import { mapAhead } from './map-ahead.js';
import { openOutput, replaceFile } from './output-folder.js';

/** What tools that write pictures share. */
export interface RewriteOptions {
  /** Take only the first so many pictures, in name order. */
  readonly amount?: number;
  /** Go on with an interrupted run: pictures that are there stay. */
  readonly resume?: boolean;
  /** Pictures worked on at one time. Default 4. */
  readonly concurrency?: number;
  readonly limits?: Pick<DecodeOptions, 'maxPixels' | 'maxBytes'>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** A tool that makes one picture out of one. */
export interface Rewriting<Plan> {
  /** What the result depends on; kept in `run.json`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** List the pictures as the published code does, and name the results `<this>_000000.png`, … as it does. */
  readonly numbered?: string;
  /** What is to be done to the picture of this index; made for all before the work starts, so that order and threads do not matter. */
  plan(picture: PictureFile, index: number): Plan;
  /** Columns of the log beside source, output and error. */
  readonly columns: readonly string[];
  logged(plan: Plan): TableRow;
  apply(image: Image, plan: Plan): Promise<Picture>;
}

export interface RewriteResult {
  readonly written: number;
  readonly failed: readonly FailedPicture[];
  /** The log: one row a picture. */
  readonly log: string;
}

/** Makes a PNG of every picture below a folder, under the same name in `out`, and `files.csv`, which tells what was done to each. A picture that fails
 *  ends nothing. The same settings give the same bytes, whatever the number of threads and interruptions.
 *  @throws USAGE, DATASET_INVALID, ABORTED */
export async function rewriteFolder<Plan>(input: string, out: string, rewriting: Rewriting<Plan>, options: RewriteOptions): Promise<RewriteResult> {
  const { numbered } = rewriting;
  const all = await picturesOf(input, { compat: numbered !== undefined });
  const pictures = options.amount ? all.slice(0, options.amount) : all;
  await openOutput(out, { ...rewriting.settings, pictures: pictures.length }, options.resume ?? false);
  const outputs = numbered === undefined ? outputNames(pictures) : pictures.map((_, i) => `${numbered}_${String(i).padStart(6, '0')}.png`);
  const plans = pictures.map((picture, i) => rewriting.plan(picture, i));
  const failed: FailedPicture[] = [];
  const rows: TableRow[] = [];
  const rewrite = async (picture: PictureFile, i: number) => {
    const target = join(out, outputs[i]!);
    if (await exists(target)) return null;
    try {
      const result = await rewriting.apply(await decode(picture.path, { ...options.limits, ...(options.signal && { signal: options.signal }) }), plans[i]!);
      await mkdir(dirname(target), { recursive: true });
      await replaceFile(target, await encodePng(result));
      return null;
    } catch (error) {
      return failedPicture(picture.path, error);
    }
  };
  for await (const failure of mapAhead(pictures, options.concurrency ?? 4, rewrite, options.signal)) {
    const i = rows.length;
    if (failure) failed.push(failure);
    rows.push({ source: pictures[i]!.name, output: failure ? null : outputs[i]!, ...rewriting.logged(plans[i]!), error: failure?.code ?? null });
    options.onProgress?.(rows.length, pictures.length);
  }
  const log = join(out, 'files.csv');
  await writeTable(log, ['source', 'output', ...rewriting.columns, 'error'], rows);
  return { written: pictures.length - failed.length, failed, log };
}

/** Each picture's name with `.png`; where two would meet, both keep their old ending before it. */
export function outputNames(pictures: readonly PictureFile[]): readonly string[] {
  const bare = (name: string) => name.replace(/\.[^./]+$/, '');
  const counts = new Map<string, number>();
  for (const { name } of pictures) counts.set(bare(name), (counts.get(bare(name)) ?? 0) + 1);
  return pictures.map(({ name }) => `${counts.get(bare(name))! > 1 ? name : bare(name)}.png`);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
