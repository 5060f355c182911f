import { mkdir } from 'node:fs/promises';
import { dirname, join, parse, relative } from 'node:path';
import { SyntraceError, seededRandom } from '@syntrace/core';
import { cropPicture, type FailedPicture, failedPicture, replaceFile } from '@syntrace/datasets';
import { decode, encodeJpeg, encodeWebp } from '@syntrace/image-io';
import { sayFailed, type ToolOptions, withTool } from '../commands/dataset/tool.js';
import { expandInputs } from '../inputs.js';

interface PrepareOptions extends ToolOptions {
  readonly out: string;
  readonly window: number;
  readonly quality: string;
  readonly compression: 'jpeg' | 'webp';
  readonly seed: number;
}

/** Qualities that are drawn from (MaskSim, section 8). */
const [LOW, HIGH] = [65, 100];

/** The middle window of every picture of a folder, not aligned to any grid, compressed once: the published preparation. Exit 1 when a picture failed, as smaller ones do. */
export async function prepareCommand(folder: string, options: PrepareOptions): Promise<void> {
  const { window, compression, seed } = options;
  const fixed = options.quality === 'random' ? null : Number(options.quality);
  if (fixed !== null && !(Number.isInteger(fixed) && fixed >= 1 && fixed <= 100))
    throw new SyntraceError('USAGE', { detail: `--quality is random or 1…100, not ${options.quality}` });
  const { sources } = await expandInputs([folder]);
  const paths = sources.filter(source => typeof source === 'string');
  const out = join(options.out, `${compression.toUpperCase()}_Q${options.quality}`);
  const random = seededRandom(seed, 'quality');
  const failed: FailedPicture[] = [];
  await withTool(options, async ({ kernels, running, report }) => {
    for (const [i, path] of paths.entries()) {
      running.signal.throwIfAborted();
      const name = relative(folder, path);
      try {
        const picture = await cropPicture(await decode(path, running.limits), { kind: 'centre', width: window, height: window }, kernels);
        const quality = fixed ?? LOW + random.fork(name).below(HIGH - LOW + 1);
        const target = join(out, dirname(name), `${parse(name).name}.${compression === 'jpeg' ? 'jpg' : 'webp'}`);
        await mkdir(dirname(target), { recursive: true });
        await replaceFile(
          target,
          compression === 'jpeg' ? await encodeJpeg(picture, { quality, subsampling: '4:2:0' }) : await encodeWebp(picture, { quality }),
        );
      } catch (error) {
        failed.push(failedPicture(path, error));
      }
      report('prepare', i + 1, paths.length);
    }
  });
  sayFailed(failed);
  console.error(`wrote ${paths.length - failed.length} pictures to ${out}`);
}
