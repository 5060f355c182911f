// F1 and false positives on the sets of the bench over seeds (default 5), with two piles that hold no generator to be found.
import { drawn, judge, prepared } from './lib/judge.mjs';
import { residualsOfFiles, shifted } from './lib/residuals.mjs';
import { grouped, openRows, spread, writeTable } from './lib/rows.mjs';
import { setNamed } from './lib/sets.mjs';

/** set, generated, real, settings of the detector */
const CASES = [
  { name: 'noisescope2 200 + 200', set: 'noisescope2', fake: 200, real: 200 },
  { name: 'noisescope2 200 + 200, --compat', set: 'noisescope2', fake: 200, real: 200, settings: { compat: true } },
  { name: 'noisescope2 60 + 240', set: 'noisescope2', fake: 60, real: 240 },
  { name: 'noisescope2 60 + 240, --compat', set: 'noisescope2', fake: 60, real: 240, settings: { compat: true } },
  { name: 'control: 250 photographs alone', set: 'noisescope2', fake: 0, real: 250 },
  { name: 'control: 200 + 200, each generated residual shifted', set: 'noisescope2', fake: 200, real: 200, shift: true },
  { name: 'noisescope 200 + 400 (grid of 4 samples)', set: 'noisescope', fake: 200, real: 400 },
  { name: 'noisescope 200 + 400, --compat', set: 'noisescope', fake: 200, real: 400, settings: { compat: true } },
  { name: 'pix2pix_map2sat 50 + 40, --minimum-cluster 20', set: 'pix2pix_map2sat', fake: 50, real: 40, settings: { minimumCluster: 20, sample: 20 } },
];

export async function run({ bench, out, kernels, seeds = 5, only }) {
  const rows = openRows(out, 'sets');
  for (const { name, set, fake, real, shift, settings = {} } of CASES.filter(each => each.name.includes(only))) {
    const files = setNamed(bench, set);
    const all = {};
    for (const kind of ['fake', 'real', 'reference']) all[kind] = await residualsOfFiles(kernels, out, `${set}-${kind}`, files[kind]);
    for (let seed = 1; seed <= seeds; seed++) {
      const key = `${name} #${seed}`;
      if (rows.has(key)) continue;
      const generated = fake > 0 ? drawn(all.fake, fake, seed, 'fakes') : null;
      const reference = await prepared(all.reference, seed, kernels, { compat: settings.compat ?? false });
      const { found, ...row } = await judge(
        { fake: generated && shift ? shifted(generated) : generated, real: drawn(all.real, real, seed, 'reals') },
        reference,
        seed,
        kernels,
        settings,
      );
      rows.add(key, { name, seed, ...row });
    }
  }
  const lines = [...grouped(rows.all(), row => row.name)].map(([name, group]) => {
    const of = pick => spread(group.map(pick));
    const sizes = group.flatMap(row => row.flagged.map(({ size }) => size));
    const purity = group.flatMap(row => row.flagged.map(each => each.purity));
    const wrong = group.reduce((sum, row) => sum + row.fp, 0);
    const reals = group.reduce((sum, row) => sum + row.fp + row.tn, 0);
    return [
      name,
      of(row => row.f1),
      of(row => row.recall),
      `${of(row => row.fpr)} (${wrong} of ${reals})`,
      sizes.length ? `${sizes.length} in ${group.length} runs, ${Math.min(...sizes)}–${Math.max(...sizes)} pictures` : `none in ${group.length} runs`,
      purity.length ? `${(100 * Math.min(...purity)).toFixed(1)}–${(100 * Math.max(...purity)).toFixed(1)} %` : '–',
      spread(
        group.map(row => row.cpu),
        1,
      ),
    ];
  });
  writeTable(out, 'sets', ['set', 'F1', 'recall', 'false positives', 'flagged clusters', 'their purity', 'processor seconds to cluster and decide'], lines);
}
