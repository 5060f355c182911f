// Piles of several generators, their number unknown to the detector: all generators of the bench with photographs, and draws of one to seven of them. Clusters need
// more than 20 pictures here (--minimum-cluster), as no generator but one has more than 60.
import { seededRandom } from '@syntrace/core';
import { judge, prepared } from './lib/judge.mjs';
import { held, residualsOfFiles } from './lib/residuals.mjs';
import { grouped, openRows, spread, writeTable } from './lib/rows.mjs';
import { generator, generatorsIn, setNamed } from './lib/sets.mjs';

const NUMBERS = [1, 2, 3, 5, 7];
const LEAST = 20;
/** Of the one generator that has 200, so that it does not outweigh the others. */
const MOST = 60;
const REALS = 400;

export async function run({ bench, out, kernels, seeds = 5 }) {
  const rows = openRows(out, 'piles');
  const names = generatorsIn(bench);
  const fakes = {};
  const beside = [];
  for (const name of names) {
    const files = generator(bench, name);
    fakes[name] = await residualsOfFiles(kernels, out, `${name}-fake`, files.fake);
    beside.push(...(await residualsOfFiles(kernels, out, `${name}-real`, files.real)).maps);
  }
  const { real, reference } = setNamed(bench, 'noisescope');
  const photographs = await residualsOfFiles(kernels, out, 'noisescope-real', real);
  const known = await residualsOfFiles(kernels, out, 'noisescope-reference', reference);
  const reals = held(photographs, [...photographs.maps, ...beside]);
  for (const number of NUMBERS)
    for (let seed = 1; seed <= seeds; seed++) {
      const key = `${number} generators #${seed}`;
      if (rows.has(key)) continue;
      const random = seededRandom(seed, `generators ${number}`);
      const chosen = random.shuffle(names).slice(0, number).sort();
      const drawn = chosen.map(name => random.fork(name).shuffle(fakes[name].maps).slice(0, MOST));
      const pile = { fake: held(reals, drawn.flat()), real: held(reals, random.fork('reals').shuffle(reals.maps).slice(0, REALS)) };
      const { found, ...row } = await judge(pile, await prepared(known, seed, kernels), seed, kernels, { minimumCluster: LEAST, sample: LEAST });
      rows.add(key, { number, seed, ...row, generators: chosen.map((name, i) => ({ name, ...traced(drawn[i], found, pile, seed) })) });
    }
  const lines = [...grouped(rows.all(), row => row.number)].map(([number, group]) => [
    number,
    spread(
      group.map(row => row.flagged.length),
      1,
    ),
    spread(
      group.map(row => row.generators.filter(each => each.clusters > 0).length),
      1,
    ),
    spread(
      group.map(row => row.recall),
      2,
    ),
    spread(group.map(row => row.fpr)),
    spread(
      group.flatMap(row => row.flagged.map(({ purity }) => purity)),
      2,
    ),
  ]);
  writeTable(
    out,
    'piles',
    ['generators in the pile', 'fingerprints found', 'generators with one', 'recall', 'false positives', 'generated share of flagged clusters'],
    lines,
  );
  const each = [
    ...grouped(
      rows.all().flatMap(row => row.generators),
      row => row.name,
    ),
  ].map(([name, group]) => [
    name,
    group.length,
    spread(
      group.map(row => row.recall),
      2,
    ),
    spread(
      group.map(row => row.clusters),
      1,
    ),
    spread(
      group.map(row => row.own),
      2,
    ),
  ]);
  writeTable(out, 'piles-generators', ['generator', 'piles', 'recall', 'flagged clusters that it leads', 'its share of them'], each);
}

/** What became of one generator: recall, the flagged clusters in which it is the largest part, and its share of those. */
function traced(maps, found, pile, seed) {
  const order = seededRandom(seed, 'pile').shuffle([...pile.fake.maps, ...pile.real.maps]);
  const own = new Set(maps);
  const places = order.flatMap((map, i) => (own.has(map) ? [i] : []));
  const led = found.classified.filter(({ synthetic, cluster }) => synthetic && 2 * cluster.filter(i => own.has(order[i])).length > cluster.length);
  const members = led.flatMap(({ cluster }) => cluster);
  return {
    recall: places.filter(i => found.verdicts[i] === 'synthetic').length / places.length,
    clusters: led.length,
    own: members.length ? members.filter(i => own.has(order[i])).length / members.length : null,
  };
}
