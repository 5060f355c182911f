// How well clustering by blocks agrees with comparing all with all: noisescope2 (200 + 200) in blocks of 50, 100 and 200 over seeds.
import { drawn, judge, prepared } from './lib/judge.mjs';
import { residualsOfFiles } from './lib/residuals.mjs';
import { grouped, openRows, spread, writeTable } from './lib/rows.mjs';
import { setNamed } from './lib/sets.mjs';

const SIZES = [undefined, 200, 100, 50];

export async function run({ bench, out, kernels, seeds = 5 }) {
  const rows = openRows(out, 'blocks');
  const files = setNamed(bench, 'noisescope2');
  const all = {};
  for (const kind of ['fake', 'real', 'reference']) all[kind] = await residualsOfFiles(kernels, out, `noisescope2-${kind}`, files[kind]);
  for (let seed = 1; seed <= seeds; seed++) {
    const reference = await prepared(all.reference, seed, kernels);
    const pile = { fake: drawn(all.fake, 200, seed, 'fakes'), real: drawn(all.real, 200, seed, 'reals') };
    let exact = null;
    for (const blockSize of SIZES) {
      const key = `${blockSize ?? 'whole'} #${seed}`;
      if (rows.has(key) && (blockSize !== undefined || SIZES.every(size => rows.has(`${size ?? 'whole'} #${seed}`)))) continue;
      const { found, ...row } = await judge(pile, reference, seed, kernels, blockSize === undefined ? {} : { blockSize });
      exact ??= found;
      const same = found.verdicts.filter((verdict, i) => verdict === exact.verdicts[i]).length / found.verdicts.length;
      if (!rows.has(key)) rows.add(key, { blockSize: blockSize ?? 'all with all', seed, ...row, same, overlap: overlapOf(exact, found) });
    }
  }
  const lines = [...grouped(rows.all(), row => row.blockSize)].map(([size, group]) => [
    size,
    spread(group.map(row => row.f1)),
    spread(group.map(row => row.same)),
    spread(
      group.map(row => row.overlap),
      2,
    ),
    spread(group.map(row => row.fpr)),
  ]);
  writeTable(out, 'blocks', ['pictures a block', 'F1', 'same verdicts', 'overlap of flagged members (Jaccard)', 'false positives'], lines);
}

function overlapOf(a, b) {
  const members = ({ classified }) => new Set(classified.filter(({ synthetic }) => synthetic).flatMap(({ cluster }) => cluster));
  const [one, other] = [members(a), members(b)];
  const both = [...one].filter(picture => other.has(picture)).length;
  const either = one.size + other.size - both;
  return either > 0 ? both / either : 1;
}
