import { type Kernels, type RunProgress, SyntraceError, seededRandom, type Warning } from '@syntrace/core';
import { meansOf } from '../numerics/means.js';
import { pceAll } from '../numerics/pce-all.js';
import { TEXTURE_FEATURES, texturesOf } from '../numerics/textures.js';
import type { Residuals } from '../residuals/residuals.js';
import { checkPrepareSettings, type PrepareSettings } from '../settings.js';
import { referenceGroups } from './groups.js';
import { type MergeThreshold, mergeThresholdOf } from './merge-threshold.js';
import { fitOutlierModel, type OutlierModel } from './outlier-model.js';
import { enoughShuffles, leastForNeighbours, trainingBlocks } from './training-blocks.js';

/** What clustering needs of the reference photographs. */
export interface Prepared {
  readonly settings: PrepareSettings;
  readonly mergeThreshold: MergeThreshold;
  readonly outliers: OutlierModel;
  readonly reference: Residuals;
  readonly warnings: readonly Warning[];
}

/** Groups below which the percentile behind T_merge moves by more than half from seed to seed. */
const SURE_GROUPS = 30;
const LEAST_GROUPS = 3;
const PUBLISHED_SHUFFLES = 5;

/** Calibrates on residuals of photographs that are known to be real (spec sections 6 and 7).
 *  @throws TRAINING_INVALID with the number of pictures that are missing, USAGE */
export async function prepare(
  reference: Residuals,
  settings: PrepareSettings,
  kernels: Kernels,
  progress: (p: RunProgress) => void = () => {},
): Promise<Prepared> {
  const { seed, groups, groupSize, percentile, blockSize } = checkPrepareSettings(settings);
  const pictures = reference.count;
  const least = Math.max(LEAST_GROUPS * groupSize, 2 * blockSize + 1);
  if (pictures < least) throw tooFew(pictures, least);
  const random = seededRandom(seed, 'prepare');
  const found = referenceGroups(pictures, groups, groupSize, random.fork('groups'));
  progress({ phase: 'merge threshold', done: 0, total: found.length });
  const matrix = await pceAll(kernels, await meansOf(kernels, reference, found));
  const mergeThreshold = mergeThresholdOf(matrix, found.length, percentile, random.fork('bootstrap'));
  progress({ phase: 'merge threshold', done: found.length, total: found.length });
  const outliers = await fitOutliers(reference, settings, kernels, progress);
  return { settings, mergeThreshold, outliers, reference, warnings: warningsOf(pictures, mergeThreshold, outliers.lof.neighbours, settings) };
}

/** The outlier model for fingerprints of `blockSize` pictures: of fewer pictures they are noisier, so each number has a model of its own. */
export async function fitOutliers(
  reference: Residuals,
  settings: PrepareSettings,
  kernels: Kernels,
  progress: (p: RunProgress) => void = () => {},
): Promise<OutlierModel> {
  const rows = await textureRows(reference, settings, kernels, progress);
  const neighbours = neighboursFor(rows.length / TEXTURE_FEATURES, settings);
  return fitOutlierModel(rows, TEXTURE_FEATURES, { neighbours, standardise: settings.standardise }, kernels);
}

async function textureRows(reference: Residuals, settings: PrepareSettings, kernels: Kernels, progress: (p: RunProgress) => void): Promise<Float64Array> {
  const { seed, blockSize, shuffles, compat } = settings;
  const pictures = reference.count;
  const rounds = shuffles !== 'auto' ? shuffles : compat ? PUBLISHED_SHUFFLES : enoughShuffles(pictures, blockSize);
  const blocks = trainingBlocks(pictures, blockSize, rounds, seededRandom(seed, 'prepare/blocks'));
  const rows = new Float64Array(blocks.length * TEXTURE_FEATURES);
  for (let first = 0; first < blocks.length; first += AT_ONCE) {
    const fingerprints = await meansOf(kernels, reference, blocks.slice(first, first + AT_ONCE));
    rows.set(await texturesOf(kernels, fingerprints), first * TEXTURE_FEATURES);
    progress({ phase: 'outlier model', done: Math.min(blocks.length, first + AT_ONCE), total: blocks.length });
  }
  return rows;
}

/** Fingerprints held at one time. */
const AT_ONCE = 16;

/** Never as many as the other vectors: then every density is that of the whole set, and photographs are flagged many times too often. */
function neighboursFor(vectors: number, { neighbours, compat }: PrepareSettings): number {
  return Math.max(1, Math.min(neighbours, compat ? vectors - 1 : Math.floor(vectors / 3)));
}

function tooFew(pictures: number, least: number): SyntraceError {
  const missing = `${least - pictures} more are needed (at least ${least})`;
  return new SyntraceError('REFERENCE_TOO_SMALL', { pictures, missing });
}

function warningsOf(pictures: number, { groups, value, low, high }: MergeThreshold, neighbours: number, settings: PrepareSettings): readonly Warning[] {
  const warnings: Warning[] = [];
  const add = (code: string, message: string) => warnings.push({ code, message });
  const wanted = settings.groups * settings.groupSize;
  if (groups < SURE_GROUPS) {
    const sure = SURE_GROUPS * settings.groupSize;
    const interval = `${low.toFixed(1)} to ${high.toFixed(1)}`;
    add(
      'NOISESCOPE_FEW_GROUPS',
      `T_merge ${value.toFixed(2)} rests on ${groups} groups of reference pictures (95 % interval ${interval}); ${sure - pictures} more pictures make ${SURE_GROUPS}, ${wanted - pictures} the published ${settings.groups}`,
    );
  }
  if (neighbours < settings.neighbours)
    add('NOISESCOPE_FEW_NEIGHBOURS', `the outlier model uses ${neighbours} neighbours instead of ${settings.neighbours}: it has too few vectors`);
  const least = leastForNeighbours(settings.neighbours, settings.blockSize);
  if (pictures < least)
    add(
      'NOISESCOPE_FEW_REFERENCES',
      `${pictures} reference pictures, the published outlier model needs ${least}: its vectors overlap more than they should (${least - pictures} missing)`,
    );
  return warnings;
}
