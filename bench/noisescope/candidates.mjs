// Ways to see traces that PCE cannot, side by side on bench/noisescope (a generator that leaves a grid of 4 samples): chosen on a drawn half of the pictures, reported on
// the other. Every candidate calls a picture synthetic above the 99.5th percentile of the reference. No periodic search but where it is the candidate.
import { quantileOf, seededRandom } from '@syntrace/core';
import { byPeaks, correlationClusters } from './lib/correlation.mjs';
import { judge, prepared } from './lib/judge.mjs';
import { peaksOf, scorer } from './lib/lattice.mjs';
import { held, residualsOfFiles } from './lib/residuals.mjs';
import { grouped, openRows, writeTable } from './lib/rows.mjs';
import { setNamed } from './lib/sets.mjs';

const SEED = 1;
const PERCENTILE = 0.995;
const HALVES = ['chosen on', 'reported on'];

const CANDIDATES = [
  { name: 'published: clusters of more than 50', judge: clusters({ compat: true }) },
  { name: 'texture features scaled', judge: clusters({}, { standardise: true }) },
  ...[20, 10, 5].map(least => ({ name: `clusters of more than ${least}`, judge: clusters({ minimumCluster: least, sample: least }) })),
  ...[20, 10].map(least => ({
    name: `clusters of more than ${least}, features scaled`,
    judge: clusters({ minimumCluster: least, sample: least }, { standardise: true }),
  })),
  ...[50, 20, 10].map(least => ({ name: `matched filter (normalised correlation), clusters of more than ${least}`, judge: matched(least) })),
  ...[50, 20, 10].map(least => ({ name: `matched filter, clusters of more than ${least} flagged by spectral peaks`, judge: matched(least, byPeaks) })),
  ...[2, 4, 8, 16].flatMap(period =>
    [1, 3, 'all'].map(top => ({
      name: `lattice of period ${period}, ${top === 'all' ? 'sum' : top === 1 ? 'largest' : `${top} largest`}`,
      judge: lattice(period, top),
    })),
  ),
];

export async function run({ bench, out, kernels, only }) {
  const rows = openRows(out, 'candidates');
  const files = setNamed(bench, 'noisescope');
  const all = {};
  for (const kind of ['fake', 'real', 'reference']) all[kind] = await residualsOfFiles(kernels, out, `noisescope-${kind}`, files[kind]);
  const half = (kind, second) => {
    const order = seededRandom(SEED, `halves ${kind}`).shuffle(all[kind].maps);
    const middle = order.length >> 1;
    return held(all[kind], second ? order.slice(middle) : order.slice(0, middle));
  };
  for (const candidate of CANDIDATES.filter(({ name }) => name.includes(only)))
    for (const [second, what] of HALVES.entries()) {
      const key = `${candidate.name}, ${what}`;
      if (!rows.has(key))
        rows.add(key, {
          name: candidate.name,
          what,
          ...(await candidate.judge({ fake: half('fake', second === 1), real: half('real', second === 1) }, all.reference, kernels)),
        });
    }
  const text = ({ recall, fpr, largest }) => `${recall.toFixed(2)} / ${fpr.toFixed(3)}${largest === undefined ? '' : ` (largest cluster ${largest})`}`;
  const lines = [...grouped(rows.all(), row => row.name)].map(([name, group]) => [name, ...HALVES.map(what => text(group.find(row => row.what === what)))]);
  writeTable(out, 'candidates', ['candidate: recall / false positives', ...HALVES], lines);
}

/** PCE clusters, whatever the periodic search would add. */
function clusters(settings, preparing = {}) {
  return async (pile, reference, kernels) => {
    const { found, largest, flagged } = await judge(
      pile,
      await prepared(reference, SEED, kernels, { compat: settings.compat ?? false, ...preparing }),
      SEED,
      kernels,
      settings,
    );
    const labels = shuffledLabels(pile);
    const synthetic = labels.map((_, i) => found.decisions !== null && found.decisions.scores[i] > found.decisions.threshold);
    return { ...rates(labels, synthetic), largest, flagged: flagged.length };
  };
}

function matched(least, flag) {
  return async (pile, reference, kernels) => {
    const labels = [...pile.fake.maps.map(() => 1), ...pile.real.maps.map(() => 0)];
    const { synthetic, largest, flagged } = await correlationClusters(
      held(pile.fake, [...pile.fake.maps, ...pile.real.maps]),
      reference,
      least,
      SEED,
      kernels,
      flag,
    );
    return { ...rates(labels, synthetic), largest, flagged };
  };
}

/** Each picture by itself: how far frequencies of a period stand out of their surroundings, as standard scores of the reference. */
function lattice(period, top) {
  return async ({ fake, real }, reference, kernels) => {
    const known = await peaks(reference, period, kernels);
    const score = scorer(known, top);
    const threshold = quantileOf(Float64Array.from(known.map(score)).sort(), PERCENTILE);
    const labels = [...fake.maps.map(() => 1), ...real.maps.map(() => 0)];
    const scores = (await peaks(held(fake, [...fake.maps, ...real.maps]), period, kernels)).map(score);
    return rates(
      labels,
      scores.map(value => value > threshold),
    );
  };
}

/** Rows by period and by the first residual of a set: each set is looked at once for all ways to sum. */
const seen = new Map();

async function peaks(residuals, period, kernels) {
  const known = seen.get(period) ?? new Map();
  seen.set(period, known);
  const [first] = residuals.maps;
  if (!known.has(first)) known.set(first, await peaksOf(residuals, period, kernels));
  return known.get(first);
}

/** The order in which `judge` lays a pile out. */
const shuffledLabels = ({ fake, real }) => seededRandom(SEED, 'pile').shuffle([...fake.maps.map(() => 1), ...real.maps.map(() => 0)]);

function rates(labels, synthetic) {
  const share = label => labels.filter((own, i) => own === label && synthetic[i]).length / labels.filter(own => own === label).length;
  return { recall: share(1), fpr: share(0) };
}
