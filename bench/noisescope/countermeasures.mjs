// Robustness: the grid of the specification (JPEG, blur, noise, gamma, resize, crop, denoise; fingerprint removal and spoofing) on a set (--set noisescope2 or
// noisescope), by F1 without and with re-calibration, that is a reference under the same change. 50 generated and 50 real pictures are set apart for the attacker.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@syntrace/core';
import { fingerprintLibrary } from '@syntrace/detector-noisescope';
import { ATTACKS, attacked, TRANSFORMS } from './lib/conditions.mjs';
import { drawTable } from './lib/draw-table.mjs';
import { judge, prepared } from './lib/judge.mjs';
import { residualsOfFiles } from './lib/residuals.mjs';
import { grouped, meanOf, openRows, spread, writeTable } from './lib/rows.mjs';
import { setNamed } from './lib/sets.mjs';

const APART = 50;

export async function run({ bench, out, kernels, seeds = 3, set = 'noisescope2', only }) {
  const rows = openRows(out, `countermeasures-${set}`);
  const files = setNamed(bench, set);
  const split = kind => {
    const order = seededRandom(1, `attacker ${kind}`).shuffle(files[kind]);
    return { theirs: order.slice(0, APART), pile: order.slice(APART) };
  };
  const [fake, real] = [split('fake'), split('real')];
  const of = (name, which, change) => residualsOfFiles(kernels, out, `${set}-apart-${name}`, which, change);
  const stored = {
    fake: await of('fake', fake.pile),
    real: await of('real', real.pile),
    reference: await of('reference', files.reference),
  };
  const mean = async (name, which) => {
    const { fingerprints } = await fingerprintLibrary(await of(name, which), { percentile: 99.5 }, kernels);
    return fingerprints.maps[0];
  };
  const patterns = { generator: await mean('attacker-fake', fake.theirs), camera: await mean('attacker-real', real.theirs) };

  const asStored = remembered(seed => prepared(stored.reference, seed, kernels));
  const conditions = [
    { kind: 'as stored', strength: '', change: image => image },
    ...TRANSFORMS,
    ...ATTACKS.map(attack => ({ ...attack, change: (image, _, k) => attacked(image, attack, patterns, k), attack: true })),
  ];
  for (const { kind, strength, change, attack } of conditions.filter(each => `${each.kind} ${each.strength}`.includes(only))) {
    const name = `${kind} ${strength}`.trim();
    const wanted = ['generated alone', ...(attack ? [] : ['whole pile'])].flatMap(changed =>
      [false, true].flatMap(recalibrated => Array.from({ length: seeds }, (_, i) => ({ changed, recalibrated, seed: i + 1 }))),
    );
    const open = wanted.filter(each => !rows.has(keyOf(name, each)));
    if (open.length === 0) continue;
    const by = (image, file) => change(image, file, kernels);
    const changed = {
      fake: await of(`fake ${name}`, fake.pile, by),
      real: attack ? stored.real : await of(`real ${name}`, real.pile, by),
      reference: await of(`reference ${name}`, files.reference, by),
    };
    const recalibrated = remembered(seed => prepared(changed.reference, seed, kernels));
    for (const each of open) {
      const reference = await (each.recalibrated ? recalibrated : asStored)(each.seed);
      const pile = { fake: changed.fake, real: each.changed === 'whole pile' ? changed.real : stored.real };
      const { found, ...row } = await judge(pile, reference, each.seed, kernels);
      rows.add(keyOf(name, each), { kind, strength, ...each, ...row });
    }
  }
  const columns = [
    ['whole pile', false],
    ['whole pile', true],
    ['generated alone', false],
    ['generated alone', true],
  ];
  const groups = [...grouped(rows.all(), row => `${row.kind} ${row.strength}`.trim())];
  const cells = groups.map(([name, group]) => ({
    name,
    values: columns.map(([changed, recalibrated]) => group.filter(row => row.changed === changed && row.recalibrated === recalibrated)),
  }));
  const text = group =>
    group.length
      ? `${spread(group.map(row => row.f1))} (${meanOf(group.map(row => row.recall)).toFixed(2)} / ${meanOf(group.map(row => row.fpr)).toFixed(3)})`
      : '–';
  const header = columns.map(([changed, recalibrated]) => `${changed} changed, ${recalibrated ? 'reference too' : 'reference as stored'}`);
  writeTable(
    out,
    `countermeasures-${set}`,
    ['F1 (recall / false positives)', ...header],
    cells.map(({ name, values }) => [name, ...values.map(text)]),
  );
  const picture = await drawTable(
    `F1 on ${set} under countermeasures`,
    header,
    cells.map(({ name, values }) => ({ name, values: values.map(group => (group.length ? meanOf(group.map(row => row.f1)) : null)) })),
  );
  writeFileSync(join(out, `countermeasures-${set}.png`), picture);
}

const keyOf = (name, { changed, recalibrated, seed }) => `${name}, ${changed}, ${recalibrated ? 'recalibrated' : 'as stored'} #${seed}`;

/** What was made for a seed is made once. */
function remembered(make) {
  const made = new Map();
  return async seed => {
    if (!made.has(seed)) made.set(seed, await make(seed));
    return made.get(seed);
  };
}
