import { quantileOf } from '@syntrace/core';
import { decode } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { fitOutlierModel, outlierMargins } from '../src/calibrate/outlier-model.js';
import { mergeRounds, type Round } from '../src/cluster/rounds.js';
import { decide } from '../src/decide/decisions.js';
import { extractResiduals } from '../src/numerics/extract-residuals.js';
import { meansOf } from '../src/numerics/means.js';
import { openTable } from '../src/numerics/open-table.js';
import { pceAll } from '../src/numerics/pce-all.js';
import { TEXTURE_FEATURES, texturesOf } from '../src/numerics/textures.js';
import { residualsOf } from '../src/residuals/residuals.js';
import { openKernels } from './kernels.js';
import { noted, relative, within, writesParity } from './parity.js';
import { goldenArray, goldenFile, goldenJson, goldenResiduals, hasGolden } from './shared.js';

const host = openKernels();
writesParity();

interface ClusterLog {
  readonly T_merge: number;
  readonly rounds: readonly {
    readonly clusters: number;
    readonly pairs_above_threshold: number;
    readonly merges: readonly { a: number[]; b: number[]; pce: number }[];
  }[];
  readonly final_clusters: readonly number[][];
  readonly fake_clusters: readonly number[][];
  readonly labels: readonly string[];
  readonly classifier: readonly { readonly items: readonly { cluster_size: number; sample: number[]; haralick: number[]; decision: number; pred: number }[] }[];
  readonly detector?: { readonly threshold: number; readonly metrics: readonly { readonly conf: readonly number[]; readonly labels: readonly number[] }[] };
}

const sorted = (members: readonly number[]) => members.toSorted((a, b) => a - b).join(' ');
const pairOf = (a: readonly number[], b: readonly number[]) => [sorted(a), sorted(b)].sort().join(' + ');
const plusOne = (members: readonly number[]) => members.map(member => member + 1);

/** Merges as sets of members, and PCE within the tolerance of float32. */
function expectRounds(rounds: readonly Round[], log: ClusterLog): void {
  expect(rounds).toHaveLength(log.rounds.length);
  for (const [i, { clusters, pairsAbove, merges }] of rounds.entries()) {
    const wanted = log.rounds[i]!;
    expect([clusters, pairsAbove]).toEqual([wanted.clusters, wanted.pairs_above_threshold]);
    const found = new Map(merges.map(({ a, b, pce }) => [pairOf(plusOne(a), plusOne(b)), pce]));
    expect([...found.keys()].sort()).toEqual(wanted.merges.map(({ a, b }) => pairOf(a, b)).sort());
    for (const { a, b, pce } of wanted.merges) within('PCE of merges, relative', relative(found.get(pairOf(a, b))!, pce), 5e-5);
  }
}

async function merge(name: string, foundEarly: boolean) {
  const log = goldenJson<ClusterLog>(`${name}/log.json`);
  const residuals = goldenResiduals(`${name}/residuals.npy`);
  const { signal } = new AbortController();
  const table = await openTable(host.kernels, residuals, log.T_merge);
  const first = await table.matrix();
  const clustering = await mergeRounds(table, { earlyStop: 150, foundEarly: async () => foundEarly, signal });
  return { log, residuals, first, clustering };
}

describe.skipIf(!hasGolden)('golden data', () => {
  it.each(['a_rgb_256', 'b_rgb_256', 'c_gray_256', 'd_rgb_193x251', 'e_rgb_256', 'g_sat_rgb_96'])('%s: the residual', async name => {
    const [residual] = await extractResiduals(host.kernels, [await decode(goldenFile(`images/${name}.png`))]);
    const golden = goldenArray(`residual/${name}.npy`).data;
    expect(residual).toHaveLength(golden.length);
    let most = 0;
    for (const [i, value] of golden.entries()) most = Math.max(most, Math.abs(residual![i]! - value));
    within('residuals, levels (largest of a picture)', most, 2e-4);
  });

  it.each(['clusterA', 'clusterB'])('%s: the first table, every merge of every round and the final clusters are the published code’s', async name => {
    const { log, first, clustering } = await merge(name, true);
    goldenArray(`${name}/pce_round0.npy`).data.forEach((pce, i) => {
      within('first PCE tables, relative (absolute below 1)', Math.abs(first[i]! - pce) / Math.max(1, Math.abs(pce)), 2e-5);
    });
    expectRounds(clustering.rounds, log);
    const merges = clustering.rounds.reduce((sum, round) => sum + round.merges.length, 0);
    noted(
      `${name}: merges of ${log.rounds.length} rounds, as sets; pairs above T_merge`,
      `${merges}; ${log.rounds.map(round => round.pairs_above_threshold.toLocaleString('en')).join(', ')}`,
    );
    expect(clustering.clusters.map(plusOne).map(sorted).sort()).toEqual(log.final_clusters.map(sorted).sort());
  });

  it('T_merge: the percentile of the golden fingerprints', async () => {
    const { kernels } = host;
    const fingerprints = goldenResiduals('pce/tmerge_fingerprints.npy');
    const table = await pceAll(kernels, fingerprints);
    const n = fingerprints.count;
    const values = Float64Array.from(Array.from({ length: n }, (_, row) => [...table.subarray(row * n, row * n + row)]).flat()).sort();
    const golden = goldenJson<Record<string, number>>('pce/tmerge.json');
    within('T_merge, relative', relative(quantileOf(values, 0.995), golden[`T_merge_${fingerprints.height}`]!), 5e-6);
  });

  it('texture of the golden fingerprints, and the outlier model’s training scores', async () => {
    const rows = await texturesOf(host.kernels, goldenResiduals('texture/fingerprints.npy'));
    for (const [i, value] of goldenArray('texture/haralick_mean.npy').data.entries())
      within('Haralick features of golden fingerprints, relative', relative(rows[i]!, value), 5e-8);
    const { data, shape } = goldenArray('texture/lof_train.npy');
    const { offset } = goldenJson<{ offset: number }>('texture/lof.json');
    const model = await fitOutlierModel(Float64Array.from(data), shape[1]!, { neighbours: 30, standardise: false }, host.kernels);
    within('LOF offset', Math.abs(model.lof.offset - offset), 5e-11);
    const { query_decision: decision } = goldenJson<{ query_decision: number[] }>('texture/lof.json');
    const margins = await outlierMargins(model, Float64Array.from(goldenArray('texture/lof_query.npy').data), host.kernels);
    for (const [i, margin] of margins.entries()) within('LOF margins of golden queries, relative', relative(margin, decision[i]!), 1e-8);
  });

  it('clusterB: both clusters are flagged on the published samples, with the published margins', async () => {
    const { kernels } = host;
    const log = goldenJson<ClusterLog>('clusterB/log.json');
    const residuals = goldenResiduals('clusterB/residuals.npy');
    const items = log.classifier.at(-1)!.items;
    const samples = items.map(({ sample }) => sample.map(picture => picture - 1));
    const textures = await texturesOf(kernels, await meansOf(kernels, residuals, samples));
    for (const [row, { haralick }] of items.entries())
      for (const [i, value] of haralick.entries())
        within('features of the published samples (own fingerprints), relative', relative(textures[row * TEXTURE_FEATURES + i]!, value), 1e-3);
    const { data, shape } = goldenArray('texture/lof_train.npy');
    const model = await fitOutlierModel(Float64Array.from(data), shape[1]!, { neighbours: 30, standardise: false }, kernels);
    const margins = await outlierMargins(model, textures, kernels);
    items.forEach(({ decision, pred }, i) => {
      expect(margins[i]! < 0).toBe(pred === -1);
      within('margins of both flagged clusters, relative', relative(margins[i]!, decision), 5e-3);
    });
  });

  it('clusterB: scores, threshold and verdicts of step 4', async () => {
    const { kernels } = host;
    const log = goldenJson<ClusterLog>('clusterB/log.json');
    const residuals = goldenResiduals('clusterB/residuals.npy');
    const reference = goldenResiduals('clusterB/reference_residuals.npy');
    const flagged = log.fake_clusters.map(cluster => cluster.map(picture => picture - 1));
    const found = await decide(flagged, residuals, reference, { percentile: 99.5, leaveOneOut: false }, kernels);
    goldenArray('clusterB/fake_fingerprints.npy').data.forEach((value, i) => {
      const size = found.fingerprints.height * found.fingerprints.width;
      within('flagged fingerprints, levels', Math.abs(found.fingerprints.maps[Math.floor(i / size)]![i % size]! - value), 1e-6);
    });
    const { data, shape } = goldenArray('clusterB/test_pce.npy');
    const byPicture = shape[0] === residuals.count;
    const at = (picture: number, cluster: number) => (byPicture ? data[picture * flagged.length + cluster]! : data[cluster * residuals.count + picture]!);
    found.pce.forEach((pce, i) => {
      const wanted = at(Math.floor(i / flagged.length), i % flagged.length);
      within('PCE of pictures with fingerprints, relative (absolute below 2)', Math.abs(pce - wanted) / Math.max(2, Math.abs(wanted)), 5e-5);
    });
    within('decision threshold, relative', relative(found.threshold, log.detector!.threshold), 5e-6);
    const verdicts = Array.from(found.scores, score => Number(score > found.threshold));
    expect(verdicts).toEqual(log.detector!.metrics[0]!.labels);
    const truth = log.labels.map(label => Number(label !== 'R'));
    const count = (label: number, verdict: number) => truth.filter((own, i) => own === label && verdicts[i] === verdict).length;
    expect([count(0, 0), count(0, 1), count(1, 0), count(1, 1)]).toEqual([57, 3, 5, 215]);
    noted('clusterB: verdicts of 280 pictures', '57 true negatives, 3 false positives, 5 false negatives, 215 true positives');
  });

  it('clusterB: leaving members out of their own fingerprint is what averaging the others gives', async () => {
    const { kernels } = host;
    const residuals = goldenResiduals('clusterB/residuals.npy');
    const members = [3, 8, 20, 41, 77];
    const found = await decide([members], residuals, goldenResiduals('clusterB/reference_residuals.npy'), { percentile: 99.5, leaveOneOut: true }, kernels);
    const without = await meansOf(kernels, residuals, [members.slice(1)]);
    const table = await pceAll(kernels, residualsOf(residuals.height, residuals.width, [residuals.maps[members[0]!]!, without.maps[0]!]));
    expect(found.pce[members[0]!]! / table[2]!).toBeCloseTo(1, 4);
  });
});
