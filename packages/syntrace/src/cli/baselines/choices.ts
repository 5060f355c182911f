import { join } from 'node:path';
import { METHODS, type MethodId } from '@syntrace/baselines';
import { nearestName, SyntraceError } from '@syntrace/core';
import { type Dataset, openDataset } from '@syntrace/datasets';
import { sayDataset } from '../output/say-dataset.js';
import type { CommonOptions } from '../program-parts.js';

/** Options of every command that takes datasets by folder. */
export interface BaselineCommandOptions extends CommonOptions {
  readonly datasets?: readonly string[];
  readonly datasetsDir: string;
  readonly outputDir: string;
  readonly nJobs?: number;
  readonly json?: boolean;
}

export interface LookOptions {
  readonly on?: string;
  readonly size?: number;
  readonly grey?: boolean;
  readonly classes?: string;
  readonly seed: number;
}

/** Names of the flags by the published names of the parameters. */
const FLAGS = { n_neighbors: 'nNeighbors', levels: 'levels', sigma: 'sigma', pca_target_variance: 'pcaTargetVariance', C: 'C' } as const;

export type ParameterOptions<Value> = { readonly [Flag in (typeof FLAGS)[keyof typeof FLAGS]]?: Value };

/** @throws USAGE */
export function methodNamed(id: string): (typeof METHODS)[MethodId] {
  const known = Object.keys(METHODS).filter(each => each !== 'csd-svm');
  if (known.includes(id)) return METHODS[id as MethodId];
  throw new SyntraceError('USAGE', {
    detail: `there is no method ${id}${nearestName(id, known)}; there are ${known.join(', ')} (csd-svm is a command of its own)`,
  });
}

/** What was given of a method's own parameters. @throws USAGE for one of another method */
export function parametersIn<Value>(options: ParameterOptions<Value>, { id, grid }: (typeof METHODS)[MethodId]): Readonly<Record<string, Value>> {
  const given = Object.entries(FLAGS).flatMap(([name, flag]) => (options[flag] === undefined ? [] : [[name, options[flag]] as const]));
  const other = given.find(([name]) => !Object.hasOwn(grid, name));
  if (other) throw new SyntraceError('USAGE', { detail: `${id} has no ${other[0]}; it has ${Object.keys(grid).join(', ')}` });
  return Object.fromEntries(given);
}

/** What the method is shown, as its training options. */
export const lookIn = ({ on, size, grey, classes, seed }: LookOptions): Readonly<Record<string, string | number | boolean>> => ({
  ...(on !== undefined && { on }),
  ...(size !== undefined && { size }),
  ...(grey && { grey }),
  ...(classes !== undefined && { classes }),
  seed,
});

/** The datasets by their names. @throws USAGE for none, DATASET_INVALID */
export async function datasetsIn({ datasets = [], datasetsDir }: BaselineCommandOptions): Promise<readonly Dataset[]> {
  if (datasets.length === 0) throw new SyntraceError('USAGE', { detail: 'give --datasets, the name of a folder in --datasets-dir' });
  const opened = await Promise.all(datasets.map(name => openDataset(join(datasetsDir, name))));
  opened.forEach(sayDataset);
  return opened;
}

/** Threads by either name. */
export const withJobs = <Options extends BaselineCommandOptions>(options: Options): Options =>
  options.nJobs === undefined ? options : { ...options, concurrency: options.nJobs };
