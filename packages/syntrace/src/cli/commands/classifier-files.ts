import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { messageOf, SyntraceError } from '@syntrace/core';
import { readNpy } from '@syntrace/datasets';
import type { ClassifierFiles, PublishedStatistics, StatisticsArray } from '@syntrace/model-runtime';

/** The files of a SavedModel folder that are read; assets and whatever else lies there are not. */
const READ = /^(saved_model\.pb|keras_metadata\.pb|variables\/variables\.(index|data-\d{5}-of-\d{5}))$/;
const STATISTICS = ['mean.npy', 'var.npy'] as const;

/** A published classifier, with the mean and variance beside it, or in a folder of their own. @throws CHECKPOINT_INVALID, DATA_INVALID */
export async function classifierFilesIn(folder: string, statisticsFolder?: string): Promise<ClassifierFiles> {
  const names = [...(await listed(folder, '')), ...(await listed(folder, 'variables'))].filter(name => READ.test(name));
  const files = new Map<string, Uint8Array>();
  for (const name of names) files.set(name, await readIn(folder, name));
  const place = statisticsFolder ?? ((await hasStatistics(folder)) ? folder : null);
  const named = { folder: basename(resolve(folder)), files };
  if (place === null) return named;
  return { ...named, statistics: await statisticsIn(place) };
}

/** `mean.npy` and `var.npy` of a folder. @throws DATA_INVALID */
export const statisticsIn = async (folder: string): Promise<PublishedStatistics> => ({
  mean: await statistic(folder, STATISTICS[0]),
  variance: await statistic(folder, STATISTICS[1]),
});

async function listed(folder: string, inside: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch(() => []);
  return entries.filter(entry => entry.isFile() || entry.isSymbolicLink()).map(({ name }) => (inside ? `${inside}/${name}` : name));
}

const readIn = (folder: string, name: string): Promise<Uint8Array> =>
  readFile(join(folder, name)).catch((error: unknown) => {
    throw new SyntraceError('CHECKPOINT_INVALID', { file: folder, detail: `${name} cannot be read (${messageOf(error)})` }, error);
  });

async function hasStatistics(folder: string): Promise<boolean> {
  const found = await Promise.all(STATISTICS.map(name => stat(join(folder, name)).catch(() => null)));
  return found.some(each => each !== null);
}

async function statistic(folder: string, name: string): Promise<StatisticsArray> {
  const file = join(folder, name);
  const array = await readNpy(file);
  if (array.kind !== '<f4' && array.kind !== '<f8') throw new SyntraceError('DATA_INVALID', { file, detail: `it holds ${array.kind}, expected <f4 or <f8` });
  return { file, shape: array.shape, data: array.data as Float32Array | Float64Array };
}
