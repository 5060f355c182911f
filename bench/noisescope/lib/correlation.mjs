import { quantileOf, seededRandom } from '@syntrace/core';
import { CLUSTER_DEFAULTS, classifyClusters, fitOutliers, mergeRounds, PREPARE_DEFAULTS } from '@syntrace/detector-noisescope';
import { peaksOf, scorer, stacked } from './lattice.mjs';

/** The published procedure with the ordinary normalisation of a matched filter in the place of PCE: hw·ρ·|ρ|, ρ the correlation of two residuals, about chi-square of one
 *  degree for white ones as PCE is. Energy at other lags no longer counts against a pair, so that a periodic pattern is not its own noise. */
export async function correlationClusters(residuals, reference, least, seed, kernels, flag = byTexture) {
  const { height, width } = residuals;
  const known = await spectraOf(kernels, reference);
  const { groups, groupSize, percentile } = PREPARE_DEFAULTS;
  const order = seededRandom(seed, 'groups').shuffle(reference.maps.map((_, i) => i));
  const number = Math.min(groups, Math.floor(order.length / groupSize));
  const grouped = await kernels.groupSums(
    known,
    Array.from({ length: number }, (_, i) => order.slice(i * groupSize, (i + 1) * groupSize)),
  );
  const between = await valuesOf(kernels, grouped, grouped, height * width);
  const pairs = Array.from({ length: number }, (_, row) => [...between.subarray(row * number, row * number + row)]).flat();
  const threshold = quantileOf(Float64Array.from(pairs).sort(), percentile / 100);

  const own = await spectraOf(kernels, residuals);
  const table = await correlationTable(kernels, own, threshold, height * width);
  const never = { earlyStop: Number.POSITIVE_INFINITY, foundEarly: async () => false, signal: new AbortController().signal };
  const { clusters } = await mergeRounds(table, never);
  const large = clusters.filter(({ length }) => length > least);
  const flagged = await flag(large, residuals, reference, least, seed, kernels);
  const largest = Math.max(...clusters.map(({ length }) => length));
  if (flagged.length === 0) return { synthetic: residuals.maps.map(() => false), largest, flagged: 0 };
  const fingerprints = await kernels.groupSums(own, flagged);
  const most = async spectra => {
    const values = await valuesOf(kernels, spectra, fingerprints, height * width);
    return Array.from({ length: spectra.shape[0] }, (_, i) => Math.max(...values.subarray(i * flagged.length, (i + 1) * flagged.length)));
  };
  const limit = quantileOf(Float64Array.from(await most(known)).sort(), percentile / 100);
  const synthetic = (await most(own)).map(score => score > limit);
  kernels.free(known, grouped, own, fingerprints);
  return { synthetic, largest, flagged: flagged.length };
}

/** The published way: texture of the fingerprint of drawn members, by LOF. */
async function byTexture(clusters, residuals, reference, least, seed, kernels) {
  const outliers = await fitOutliers(reference, { ...PREPARE_DEFAULTS, seed, blockSize: least }, kernels);
  const settings = { ...CLUSTER_DEFAULTS, minimumCluster: least, sample: least };
  const classified = await classifyClusters(clusters, residuals, outliers, settings, seededRandom(seed, 'classify'), kernels);
  return classified.filter(({ synthetic }) => synthetic).map(({ cluster }) => cluster);
}

const PERIOD = 8;
const REFERENCE_GROUPS = 100;
const TOP = 3;

/** Spectral peaks: a fingerprint of drawn members stands further out on the lattice of periods 2, 4 and 8 than that of any of 100 groups of as many photographs. */
export async function byPeaks(clusters, residuals, reference, least, seed, kernels) {
  if (clusters.length === 0) return [];
  const random = seededRandom(seed, 'peaks');
  const groups = Array.from({ length: REFERENCE_GROUPS }, () => random.shuffle(reference.maps).slice(0, least));
  const known = await peaksOf(await means(groups, reference, kernels), PERIOD, kernels);
  const score = scorer(known, TOP);
  const limit = Math.max(...known.map(score));
  const members = clusters.map(cluster =>
    random
      .shuffle(cluster)
      .slice(0, least)
      .map(i => residuals.maps[i]),
  );
  const rows = await peaksOf(await means(members, residuals, kernels), PERIOD, kernels);
  return clusters.filter((_, i) => score(rows[i]) > limit);
}

async function means(groups, { height, width }, kernels) {
  const maps = [];
  for (const group of groups) {
    const planes = stacked({ height, width, maps: group }, kernels);
    const mean = await kernels.groupMeans(planes, [group.map((_, i) => i)]);
    maps.push(await kernels.read(mean));
    kernels.free(planes, mean);
  }
  return { height, width, maps };
}

function spectraOf(kernels, residuals) {
  const planes = stacked(residuals, kernels);
  return kernels.pceSpectra(planes).finally(() => kernels.free(planes));
}

/** Packed spectra are unitary and without means, so that their products are those of the residuals. */
async function valuesOf(kernels, a, b, samples) {
  const correlation = await kernels.normalisedCorrelation(a, b);
  const values = await kernels.read(correlation);
  kernels.free(correlation);
  return values.map(rho => samples * rho * Math.abs(rho));
}

async function correlationTable(kernels, first, threshold, samples) {
  let spectra = first;
  let count = first.shape[0];
  return {
    get count() {
      return count;
    },
    async above() {
      const values = await valuesOf(kernels, spectra, spectra, samples);
      const pairs = [];
      for (let row = 0; row < count; row++)
        for (let column = 0; column < row; column++)
          if (values[row * count + column] > threshold) pairs.push({ row, column, pce: values[row * count + column] });
      return pairs;
    },
    async merge(merged) {
      const gone = new Set(merged.flatMap(({ row, column }) => [row, column]));
      const kept = Array.from({ length: count }, (_, i) => i).filter(i => !gone.has(i));
      const summed = await kernels.groupSums(spectra, [...kept.map(i => [i]), ...merged.map(({ row, column }) => [row, column])]);
      if (spectra !== first) kernels.free(spectra);
      spectra = summed;
      count = kept.length + merged.length;
    },
    matrix: async () => new Float64Array(),
  };
}
