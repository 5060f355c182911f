import { basename, join, resolve } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { type PerturbMode, perturbFolder, ROTATION } from '@syntrace/datasets';
import { sayFailed, type ToolOptions, withTool } from './tool.js';

interface PerturbOptions extends ToolOptions {
  readonly out: string;
  readonly mode: PerturbMode | 'all';
  readonly probability: number;
  readonly compat?: boolean;
  readonly seed: number;
}

/** Each folder and each mode into a folder of its own where there are several. */
export async function perturbCommand(folders: readonly string[], options: PerturbOptions): Promise<void> {
  const { probability, seed, compat = false } = options;
  if (!(probability >= 0 && probability <= 1)) throw new SyntraceError('USAGE', { detail: `--probability is between 0 and 1, not ${probability}` });
  const names = folders.map(folder => basename(resolve(folder)));
  const twin = names.find((name, i) => names.indexOf(name) < i);
  if (twin) throw new SyntraceError('USAGE', { detail: `two of the folders are called ${twin}; perturb them one after another` });
  const modes: readonly PerturbMode[] = options.mode === 'all' ? [...ROTATION, 'combined'] : [options.mode];
  await withTool(options, async ({ kernels, running, report }) => {
    for (const [i, folder] of folders.entries())
      for (const mode of modes) {
        const out = join(options.out, ...(folders.length > 1 ? [names[i]!] : []), ...(modes.length > 1 ? [mode] : []));
        const onProgress = (done: number, total: number) => report(`${names[i]} ${mode}`, done, total);
        const { written, failed, log } = await perturbFolder(folder, out, { mode, seed, probability, compat }, kernels, { ...running, onProgress });
        sayFailed(failed);
        console.error(`wrote ${written} pictures and ${log}`);
      }
  });
}
