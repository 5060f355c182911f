import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { NOTHING_WRITTEN, type WriterState } from '../formats/split-writer.js';
import type { Split } from '../layouts/place.js';
import type { FailedPicture } from '../run/failure.js';
import { replaceFile } from '../run/output-folder.js';

/** How far a preparation has come; saved after each block. */
export interface PrepareProgress {
  /** Sides and channels of every picture, and what its values take, once one was read. */
  shape: readonly [number, number, number] | null;
  bytesPerPicture: number;
  /** Training pictures that the statistics hold, and the file that holds these. */
  statistics: { taken: number; file: string | null; done: boolean };
  splits: Record<Split, { taken: number; failed: FailedPicture[]; state: WriterState; done: boolean }>;
  /** Length of `files.csv`. */
  table: number;
}

const FILE = 'progress.json';

/** What was saved, or the start. @throws DATA_INVALID */
export async function loadProgress(folder: string): Promise<PrepareProgress> {
  const file = join(folder, FILE);
  const text = await readFile(file, 'utf8').catch(() => null);
  try {
    return text === null ? fresh() : (JSON.parse(text) as PrepareProgress);
  } catch (error) {
    throw SyntraceError.from(error, 'DATA_INVALID', { file });
  }
}

export const saveProgress = (folder: string, progress: PrepareProgress): Promise<void> => replaceFile(join(folder, FILE), `${JSON.stringify(progress)}\n`);

function fresh(): PrepareProgress {
  const split = () => ({ taken: 0, failed: [], state: NOTHING_WRITTEN, done: false });
  return {
    shape: null,
    bytesPerPicture: 0,
    statistics: { taken: 0, file: null, done: false },
    splits: { train: split(), val: split(), test: split() },
    table: 0,
  };
}
