import { combineDetections, type Detection, type Learners, logistic, parseEnsemble, seededRandom } from '@syntrace/core';
import { createLearners } from '@syntrace/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate.js';
import { ENSEMBLE_METHODS, type EnsembleFitOptions, fitEnsemble } from './fit.js';
import { leaveOneOut } from './leave-out.js';
import { costOf, ensembleRows, type MemberRow, memberRows } from './rows.js';
import { fitWeights } from './weights.js';

let learners: Learners;
beforeAll(async () => {
  learners = await createLearners();
});

const random = seededRandom(8, 'ensembles');
const normal = () => Array.from({ length: 12 }, () => random.next()).reduce((a, b) => a + b) - 6;
const detection = (id: string, logit: number | null, ms: number): Detection => ({
  id,
  version: '1',
  ms,
  score: logit,
  probability: logit === null ? null : logistic(logit),
  threshold: logit === null ? null : 0,
  verdict: logit === null ? 'inconclusive' : logit > 0 ? 'synthetic' : 'real',
  realShare: null,
  warnings: [],
  evidence: null,
});

/** Two members that see different things, one that sees nothing, and a declaration that is mostly silent. */
const MEMBERS = [{ id: 'a' }, { id: 'b' }, { id: 'noise' }, { id: 'declared', role: 'evidence' as const }];
const rows: MemberRow[] = Array.from({ length: 400 }, (_, i) => {
  const label = (i % 2) as 0 | 1;
  const towards = label === 1 ? 1 : -1;
  const logits = [towards + 1.2 * normal(), towards + 1.2 * normal(), 1.2 * normal(), i % 37 === 0 ? 4 * towards : null];
  return { label, group: `g${(i >> 1) % 5}`, detections: logits.map((logit, m) => detection(MEMBERS[m]!.id, logit, [1, 5, 10, 0.1][m]!)) };
});
const options = (method: EnsembleFitOptions['method']): EnsembleFitOptions => ({ id: 'fitted', method, members: MEMBERS });
const figures = (given: ReturnType<typeof memberRows>) => evaluate(given, { name: '', resamples: 0 }).pooled.metrics;

describe('a fit', () => {
  it.each(ENSEMBLE_METHODS)('%s: is JSON that reads back, and better than each member', async method => {
    const { spec } = await fitEnsemble(rows, options(method), learners);
    const read = parseEnsemble(JSON.stringify(spec));
    expect(read).toEqual(spec);
    const places = spec.members.map(({ id }) => MEMBERS.findIndex(member => member.id === id));
    const judged = figures(
      ensembleRows(
        spec,
        rows.map(row => ({ ...row, detections: places.map(m => row.detections[m]!) })),
      ),
    );
    const best = Math.max(...[0, 1, 2].map(m => figures(memberRows(rows, m)).auc!.value));
    if (method !== 'max') expect(judged.auc!.value).toBeGreaterThan(best - (method === 'vote' ? 0.08 : 0));
    expect(judged.ece!.value).toBeLessThan(0.08);
  });

  it('finds which members to trust', async () => {
    const { weights } = await fitWeights(rows, [0, 1, 2], false, learners);
    expect(weights[0]!).toBeGreaterThan(0.5);
    expect(Math.abs(weights[2]!)).toBeLessThan(0.25);
    expect(weights[3]).toBe(0);
    const turned = rows.map(row => ({ ...row, detections: row.detections.map((each, m) => (m === 2 && row.label === 1 ? detection('noise', -3, 1) : each)) }));
    expect((await fitWeights(turned, [0, 1, 2], false, learners)).weights[2]).toBeLessThan(0);
    expect((await fitWeights(turned, [0, 1, 2], true, learners)).weights[2]).toBe(0);
    expect((await fitEnsemble(turned, options('weighted'), learners)).spec.members.map(({ id }) => id)).toEqual(['a', 'b', 'declared']);
  });

  it('counts each generator alike, however many pictures it has', async () => {
    const many = [...rows, ...Array.from({ length: 20 }, () => rows.filter(({ label, group }) => label === 1 && group === 'g0')).flat()];
    const [few, flooded] = [await fitWeights(rows, [0, 1, 2], false, learners), await fitWeights(many, [0, 1, 2], false, learners)];
    expect(flooded.weights).toEqual(few.weights.map(weight => expect.closeTo(weight, 3)));
  });

  it('of a cascade asks less, and rarely says something else', async () => {
    const { spec } = await fitEnsemble(rows, options('cascade'), learners);
    const places = spec.members.map(({ id }) => MEMBERS.findIndex(member => member.id === id));
    const seen = rows.map(row => ({ ...row, detections: places.map(m => row.detections[m]!) }));
    const { all, asked } = costOf(spec, seen);
    expect(asked).toBeLessThan(all);
    const full = { ...spec, combine: { method: 'mean' as const } };
    const other = seen.filter(row => combineDetections(spec, row.detections).score! > 0 !== combineDetections(full, row.detections).score! > 0);
    expect(other.length / seen.length).toBeLessThanOrEqual(0.03);
  });

  it('refuses too little, by a typed error', async () => {
    await expect(fitEnsemble(rows.slice(0, 1), options('mean'), learners)).rejects.toMatchObject({ code: 'TRAINING_INVALID' });
    await expect(fitEnsemble(rows, { ...options('mean'), members: [MEMBERS[3]!] }, learners)).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('leaving one out', () => {
  it('judges each generator by a fit that has not seen it', async () => {
    // Of one generator member a is turned round: a fit that has seen it would trust a less.
    const odd = rows.map(row =>
      row.group === 'g3' ? { ...row, detections: row.detections.map((each, m) => (m === 0 ? detection('a', -each.score!, 1) : each)) } : row,
    );
    const left = await leaveOneOut(odd, options('stacker'), learners);
    const { spec } = await fitEnsemble(
      odd.filter(({ group }) => group !== 'g3'),
      options('stacker'),
      learners,
    );
    const own = odd.filter(({ group }) => group === 'g3');
    expect(left.filter(({ group }) => group === 'g3')).toEqual(ensembleRows(spec, own));
    const together = await leaveOneOut(odd, options('stacker'), learners, group => (group === 'g4' ? 'g3' : group));
    expect(together.filter(({ group }) => group === 'g3')).not.toEqual(ensembleRows(spec, own));
    expect(left.map(({ group }) => group)).toEqual(odd.map(({ group }) => group));
  });
});
