import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { fingerprintLibrary, libraryBytes, PREPARE_DEFAULTS, writeNpy } from '@syntrace/detector-noisescope';
import { expandInputs } from '../inputs.js';
import { untilInterrupted } from '../interrupt.js';
import { openSession } from '../open-session.js';
import { prepareFile } from '../output/prepare.js';
import { loadPrepared } from './cluster.js';
import { gatherPictures } from './gather.js';
import { memoryOf, type ResidualOptions } from './residual-options.js';
import { writePictures } from './write-pictures.js';

interface FingerprintCommandOptions extends ResidualOptions {
  readonly out: string;
  readonly prepared?: string;
  readonly most?: number;
}

/** Averages the residuals of pictures of one generator and saves the fingerprint, with pictures of it beside the file. */
export const fingerprintCommand = (paths: readonly string[], options: FingerprintCommandOptions): Promise<void> =>
  untilInterrupted(signal => fingerprint(paths, options, signal));

async function fingerprint(paths: readonly string[], options: FingerprintCommandOptions, signal: AbortSignal): Promise<void> {
  const { out, most } = options;
  if (!/\.(safetensors|npy)$/i.test(out)) throw new SyntraceError('USAGE', { detail: `--out ${out}: expected a name that ends in .safetensors or .npy` });
  await prepareFile(out);
  const session = await openSession(options);
  const prepared = options.prepared ? await loadPrepared(options.prepared, session) : null;
  const { sources } = await expandInputs(paths);
  const size = prepared?.reference;
  const where = { cache: options.cache || undefined, memory: memoryOf(options) };
  const pile = await gatherPictures(sources, session, { size, ...where, signal, what: 'pictures' });
  const kernels = await session.syntrace.kernels();
  const percentile = prepared?.settings.percentile ?? PREPARE_DEFAULTS.percentile;
  const library = await fingerprintLibrary(pile.residuals, { reference: prepared?.reference, percentile, most }, kernels);
  const { height, width, maps } = library.fingerprints;
  await writeFile(out, /\.npy$/i.test(out) ? writeNpy('f32', [height, width], maps[0]!) : libraryBytes(library));
  const drawn = await writePictures(dirname(out), library.fingerprints, kernels, basename(out, extname(out)));
  for (const { path, error } of pile.refused) console.error(`${path}: ${error.code} ${error.message}`);
  console.error(
    `fingerprint of ${library.pictures[0]} pictures of ${width}×${height}${library.threshold === null ? ', without a threshold' : `, threshold ${library.threshold.toFixed(2)}`}`,
  );
  console.error(`wrote ${[out, ...drawn].join(', ')}`);
  await session.syntrace.close();
  process.exitCode = pile.refused.length > 0 ? 1 : 0;
}
