import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { PREPARE_DEFAULTS, prepare, preparedArtifact } from '@syntrace/detector-noisescope';
import { expandInputs } from '../inputs.js';
import { untilInterrupted } from '../interrupt.js';
import { openSession } from '../open-session.js';
import { prepareFolder } from '../output/prepare.js';
import { phases } from '../phases.js';
import { gatherPictures, type Pile } from './gather.js';
import { gatherResiduals, hasResiduals, writeResiduals } from './residual-folder.js';
import { memoryOf, type ResidualOptions, sizeOf } from './residual-options.js';

interface PrepareOptions extends ResidualOptions {
  readonly reference?: string;
  readonly referenceResiduals?: string;
  readonly out: string;
  readonly groups: number;
  readonly groupSize: number;
  readonly percentile: number;
  readonly shuffles?: number;
  readonly neighbours: number;
  readonly standardise?: boolean;
  readonly outlierModel?: string;
  readonly compat?: boolean;
  readonly json?: boolean;
  readonly seed: number;
}

/** Calibrates on reference photographs and writes `model.json` with the files it names; residuals of other folders are put into the cache. */
export const prepareCommand = (options: PrepareOptions): Promise<void> => untilInterrupted(signal => prepared(options, signal));

async function prepared(options: PrepareOptions, signal: AbortSignal): Promise<void> {
  await refusePickle(options.outlierModel);
  await prepareFolder(options.out);
  const session = await openSession(options);
  const cache = options.cache === false ? undefined : (options.cache ?? join(options.out, 'residuals'));
  const size = sizeOf(options);
  const of = (pictures: string | undefined, residuals: string | undefined, what: string, memory = memoryOf(options)) =>
    taken(pictures, residuals, what, async folder => gatherPictures((await expandInputs([folder])).sources, session, { size, cache, signal, what, memory }));
  const reference = await of(options.reference, options.referenceResiduals, 'reference photographs');
  if (!reference)
    throw new SyntraceError('USAGE', {
      detail: 'give --reference DIR or --reference-residuals DIR: without photographs that are known to be real nothing can be calibrated',
    });
  // For later runs: nothing of them is needed here.
  const others = [await of(options.real, options.realResiduals, 'real pictures', 0), await of(options.fake, options.fakeResiduals, 'generated pictures', 0)];
  const settings = {
    ...PREPARE_DEFAULTS,
    seed: options.seed,
    groups: options.groups,
    groupSize: options.groupSize,
    percentile: options.percentile,
    neighbours: options.neighbours,
    standardise: options.standardise ?? false,
    compat: options.compat ?? false,
    ...(options.shuffles !== undefined && { shuffles: options.shuffles }),
  };
  const shown = phases();
  const made = await prepare(reference.residuals, settings, await session.syntrace.kernels(), shown.show).finally(shown.stop);
  const name = options.reference ?? options.referenceResiduals ?? '';
  await writeArtifact(options.out, made, name);
  report(options, made, [reference, ...others.filter(pile => pile !== null)]);
  await session.syntrace.close();
  process.exitCode = [reference, ...others].some(pile => pile && pile.refused.length > 0) ? 1 : 0;
}

/** Pictures' residuals. A folder of residuals beside them is read instead where it holds some, and else filled; as in the published scripts. */
async function taken(pictures: string | undefined, residuals: string | undefined, what: string, take: (folder: string) => Promise<Pile>): Promise<Pile | null> {
  if (residuals !== undefined && (pictures === undefined || (await hasResiduals(residuals)))) {
    const pile = await gatherResiduals(residuals);
    console.error(`${pile.residuals.count} residuals of ${what} read from ${residuals}`);
    return pile;
  }
  if (pictures === undefined) return null;
  const pile = await take(pictures);
  if (residuals !== undefined) console.error(`${await writeResiduals(residuals, pile)} residuals of ${what} written to ${residuals}`);
  return pile;
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

async function writeArtifact(folder: string, prepared: Prepared, name: string): Promise<void> {
  const { card, files } = await preparedArtifact(prepared, { name, licence: 'the user’s own' });
  for (const [file, bytes] of files) await writeFile(join(folder, file), bytes);
  await writeFile(join(folder, 'model.json'), `${JSON.stringify(card, null, 2)}\n`);
}

function report({ json, out }: PrepareOptions, { mergeThreshold, outliers, reference, warnings }: Prepared, piles: readonly Pile[]): void {
  for (const { path, error } of piles.flatMap(({ refused }) => refused)) console.error(`${path}: ${error.code} ${error.message}`);
  for (const { path, place } of piles.flatMap(({ pictures }) => pictures))
    if (typeof place !== 'number') console.error(`${path}: ${place.code} ${place.message}`);
  for (const { code, message } of warnings) console.error(`${code} ${message}`);
  const vectors = outliers.lof.reach.length;
  const result = {
    pictures: reference.count,
    width: reference.width,
    height: reference.height,
    mergeThreshold,
    outlierModel: { vectors, neighbours: outliers.lof.neighbours, offset: outliers.lof.offset },
    warnings,
  };
  if (json) console.log(JSON.stringify(result, null, 2));
  else {
    const { value, low, high, groups } = mergeThreshold;
    console.log(`${result.pictures} reference photographs of ${result.width}×${result.height}`);
    console.log(`T_merge ${value.toFixed(2)} (95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}, ${groups} groups)`);
    console.log(`outlier model of ${vectors} vectors, ${outliers.lof.neighbours} neighbours, offset ${outliers.lof.offset.toFixed(3)}`);
  }
  console.error(`wrote ${join(out, 'model.json')}`);
}

/** The published outlier model is a pickle: running one would run whatever it holds. @throws ARTIFACT_PICKLE, USAGE */
async function refusePickle(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const bytes = await readFile(file).catch(() => null);
  if (bytes?.[0] === 0x80 || /\.(pkl|pickle|joblib)$/i.test(file)) throw new SyntraceError('ARTIFACT_PICKLE', { file });
  throw new SyntraceError('USAGE', { detail: `${file}: the outlier model is fitted from the reference and written to --out; none is read here` });
}
