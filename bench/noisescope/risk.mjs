// Risk of small clusters: how often the outlier model, fitted for fingerprints of so many pictures, flags drawn groups of photographs, by the size of the group.
import { seededRandom } from '@syntrace/core';
import { classifyClusters, fitOutliers, PREPARE_DEFAULTS } from '@syntrace/detector-noisescope';
import { residualsOfFiles } from './lib/residuals.mjs';
import { grouped, openRows, writeTable } from './lib/rows.mjs';
import { setNamed } from './lib/sets.mjs';

const SIZES = [50, 30, 20, 10, 5];
const GROUPS = 200;

export async function run({ bench, out, kernels, seeds = 5 }) {
  const rows = openRows(out, 'risk');
  for (const set of ['noisescope2', 'noisescope']) {
    const files = setNamed(bench, set);
    const real = await residualsOfFiles(kernels, out, `${set}-real`, files.real);
    const reference = await residualsOfFiles(kernels, out, `${set}-reference`, files.reference);
    for (const size of SIZES)
      for (const standardise of [false, true])
        for (let seed = 1; seed <= seeds; seed++) {
          const key = `${set}, ${size}${standardise ? ', scaled' : ''} #${seed}`;
          if (rows.has(key)) continue;
          const model = await fitOutliers(reference, { ...PREPARE_DEFAULTS, seed, blockSize: size, standardise }, kernels);
          const random = seededRandom(seed, `groups ${size}`);
          const all = real.maps.map((_, i) => i);
          const groups = Array.from({ length: GROUPS / seeds }, () => random.shuffle(all).slice(0, size));
          const found = await classifyClusters(groups, real, model, { minimumCluster: size - 1, sample: 'all' }, random, kernels);
          rows.add(key, { set, size, standardise, flagged: found.filter(({ synthetic }) => synthetic).length, groups: found.length });
        }
  }
  const share = group => {
    const [flagged, groups] = ['flagged', 'groups'].map(key => group.reduce((sum, row) => sum + row[key], 0));
    return `${flagged} of ${groups}`;
  };
  const lines = [...grouped(rows.all(), row => row.size)].map(([size, group]) => [
    size,
    ...['noisescope2', 'noisescope'].flatMap(set => [false, true].map(scaled => share(group.filter(row => row.set === set && row.standardise === scaled)))),
  ]);
  writeTable(out, 'risk', ['pictures in a group', 'noisescope2', 'noisescope2, features scaled', 'noisescope', 'noisescope, features scaled'], lines);
}
