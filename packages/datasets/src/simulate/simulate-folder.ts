import { join } from 'node:path';
import type { Image, Kernels } from '@syntrace/core';
import type { Picture } from '@syntrace/image-io';
import type { TableRow } from '../formats/table.js';
import { type RewriteOptions, type RewriteResult, rewriteFolder } from '../run/rewrite-folder.js';
import { decodedAgain, undecoded } from './decode-again.js';
import { type Decoding, drawDecoding, type Operator } from './operators.js';

export interface SimulateOptions {
  /** Taken in turn. */
  readonly operators: readonly Operator[];
  readonly seed: number;
}

export interface SimulateResult {
  readonly real: RewriteResult;
  readonly fake: RewriteResult;
}

/** Training pairs out of photographs alone: `0_real` has a part of each, `1_fake` the same part as the output of a decoder whose weights were drawn.
 *  Both are PNG of one size. `files.csv` tells what was drawn. @throws USAGE, DATASET_INVALID, ABORTED */
export async function simulateFolder(
  input: string,
  out: string,
  simulate: SimulateOptions,
  kernels: Kernels,
  options: RewriteOptions = {},
): Promise<SimulateResult> {
  const { operators, seed } = simulate;
  const into = (folder: string, apply: (image: Image, decoding: Decoding) => Promise<Picture>) =>
    rewriteFolder(
      input,
      join(out, folder),
      {
        settings: { tool: 'simulate', folder, operators, seed },
        plan: ({ name }, index) => drawDecoding(operators, seed, name, index),
        columns: ['operator', 'doublings', 'noise', 'detail'],
        logged: ({ operator, doublings, noise, detail }): TableRow => ({ operator, doublings, noise, detail }),
        apply,
      },
      options,
    );
  return {
    real: await into('0_real', (image, { doublings }) => undecoded(image, doublings, kernels)),
    fake: await into('1_fake', (image, decoding) => decodedAgain(image, decoding, kernels)),
  };
}
