import { seededRandom } from '@syntrace/core';
import { CLUSTER_DEFAULTS, findGenerators, PREPARE_DEFAULTS, prepare } from '@syntrace/detector-noisescope';
import { held } from './residuals.mjs';

const { signal } = new AbortController();

/** `count` of the residuals, drawn. */
export const drawn = (residuals, count, seed, what) => held(residuals, seededRandom(seed, what).shuffle(residuals.maps).slice(0, count));

export const prepared = (reference, seed, kernels, settings = {}) => prepare(reference, { ...PREPARE_DEFAULTS, seed, ...settings }, kernels);

/** Judges generated and real residuals as one shuffled pile; synthetic is positive. */
export async function judge({ fake, real }, reference, seed, kernels, settings = {}) {
  const labelled = [...(fake?.maps ?? []).map(map => ({ map, label: 1 })), ...(real?.maps ?? []).map(map => ({ map, label: 0 }))];
  const pile = seededRandom(seed, 'pile').shuffle(labelled);
  const start = performance.now();
  const cpu = process.cpuUsage();
  const found = await findGenerators(
    held(
      fake ?? real,
      pile.map(({ map }) => map),
    ),
    reference,
    { ...CLUSTER_DEFAULTS, seed, ...settings },
    kernels,
    { signal },
  );
  const used = process.cpuUsage(cpu);
  return {
    ...figures(
      found,
      pile.map(({ label }) => label),
    ),
    seconds: (performance.now() - start) / 1000,
    cpu: (used.user + used.system) / 1e6,
    found,
  };
}

export function figures(found, labels) {
  const count = (label, synthetic) => labels.filter((own, i) => own === label && (found.verdicts[i] === 'synthetic') === synthetic).length;
  const [tp, fn, fp, tn] = [count(1, true), count(1, false), count(0, true), count(0, false)];
  const share = (part, whole) => (whole > 0 ? part / whole : null);
  const flagged = found.classified.filter(({ synthetic }) => synthetic).map(({ cluster }) => cluster);
  return {
    tp,
    fn,
    fp,
    tn,
    f1: share(2 * tp, 2 * tp + fp + fn),
    recall: share(tp, tp + fn),
    fpr: share(fp, fp + tn),
    flagged: flagged.map(cluster => ({ size: cluster.length, purity: cluster.filter(i => labels[i] === 1).length / cluster.length })),
    largest: found.clustering.clusters.reduce((most, cluster) => Math.max(most, cluster.length), 0),
    periodic: found.periodic?.members.size ?? 0,
    mergeThreshold: found.mergeThreshold,
  };
}
