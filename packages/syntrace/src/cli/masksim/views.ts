import { auc } from '@syntrace/evaluation';

/** A picture with the probability that each generator's model gave it. */
export interface Judged {
  readonly label: 0 | 1;
  /** The generator of a generated picture; of a real one the set it belongs to. */
  readonly group: string;
  readonly probabilities: Readonly<Record<string, number>>;
}

/** The published figures of scores in 0…1 (MaskSim, section 8), in percent. */
export interface Figures {
  readonly auroc: number | null;
  /** At 0.5; a score of exactly 0.5 counts as neither. */
  readonly accuracy: number;
  /** Matthews' correlation at 0.5, with 1e-10 added to the denominator. */
  readonly mcc: number;
  /** The largest over thresholds. */
  readonly bestMcc: number;
  readonly real: number;
  readonly generated: number;
}

/** The four published views, and one more that is needed to read them. Rows are generators of the pictures. */
export const VIEWS = {
  specific: 'each generator by its own model',
  generic: 'the largest probability of all models',
  generalised: 'the largest of the other models: the generator is as if unknown',
} as const;

export type View = keyof typeof VIEWS;

const EPSILON = 1e-10;

export function figuresOf(scores: readonly { readonly label: 0 | 1; readonly score: number }[]): Figures {
  const rows = scores.map(({ label, score }) => ({ label, group: '', score, probability: null, verdict: 'inconclusive' as const }));
  const generated = scores.filter(({ label }) => label === 1).length;
  const real = scores.length - generated;
  const mccAt = (found: number, wrong: number) => {
    const [missed, spared] = [generated - found, real - wrong];
    return (found * spared - wrong * missed) / (Math.sqrt((found + wrong) * (found + missed) * (spared + wrong) * (spared + missed)) + EPSILON);
  };
  const right = scores.filter(({ label, score }) => (label === 1 ? score > 0.5 : score < 0.5)).length;
  const above = (label: number) => scores.filter(each => each.label === label && each.score > 0.5).length;
  const sorted = scores.toSorted((a, b) => b.score - a.score);
  let [found, wrong, best] = [0, 0, 0];
  for (const [i, { label, score }] of sorted.entries()) {
    if (label === 1) found++;
    else wrong++;
    // Equal scores fall on one side of any threshold.
    if (sorted[i + 1]?.score !== score) best = Math.max(best, mccAt(found, wrong));
  }
  const value = auc(rows);
  return {
    auroc: value === null ? null : 100 * value,
    accuracy: (100 * right) / scores.length,
    mcc: 100 * mccAt(above(1), above(0)),
    bestMcc: 100 * best,
    real,
    generated,
  };
}

/** Figures of each generator's pictures against real ones: those of its own folder where there are some, else all. */
export function viewOf(rows: readonly Judged[], view: View): ReadonlyMap<string, Figures> {
  const models = modelsOf(rows);
  const scoreOf = (generator: string) => (row: Judged) => {
    const wanted = view === 'specific' ? models.filter(name => name === generator) : view === 'generic' ? models : models.filter(name => name !== generator);
    return Math.max(...wanted.map(name => row.probabilities[name]!));
  };
  const generators = generatorsOf(rows).filter(
    generator => view === 'generic' || (models.includes(generator) && models.length > (view === 'specific' ? 0 : 1)),
  );
  return new Map(
    generators.map(generator => [generator, figuresOf(against(rows, generator).map(row => ({ label: row.label, score: scoreOf(generator)(row) })))]),
  );
}

/** One-class: each model (rows) against each generator's pictures (columns). */
export const oneClass = (rows: readonly Judged[]): ReadonlyMap<string, ReadonlyMap<string, Figures>> =>
  new Map(
    modelsOf(rows).map(model => [
      model,
      new Map(
        generatorsOf(rows).map(generator => [
          generator,
          figuresOf(against(rows, generator).map(({ label, probabilities }) => ({ label, score: probabilities[model]! }))),
        ]),
      ),
    ]),
  );

/** The mean over generators, as the published last row. */
export function meanOf(figures: Iterable<Figures>): Figures {
  const all = [...figures];
  const mean = (of: (each: Figures) => number | null) => all.reduce((sum, each) => sum + (of(each) ?? 0), 0) / all.length;
  const sum = (of: (each: Figures) => number) => all.reduce((total, each) => total + of(each), 0);
  return {
    auroc: mean(({ auroc }) => auroc),
    accuracy: mean(({ accuracy }) => accuracy),
    mcc: mean(({ mcc }) => mcc),
    bestMcc: mean(({ bestMcc }) => bestMcc),
    real: sum(({ real }) => real),
    generated: sum(({ generated }) => generated),
  };
}

const modelsOf = (rows: readonly Judged[]): readonly string[] => Object.keys(rows[0]?.probabilities ?? {}).sort();
const generatorsOf = (rows: readonly Judged[]): readonly string[] => [...new Set(rows.flatMap(({ label, group }) => (label === 1 ? [group] : [])))].sort();

function against(rows: readonly Judged[], generator: string): readonly Judged[] {
  const own = rows.filter(({ group }) => group === generator);
  return own.some(({ label }) => label === 0) ? own : [...own, ...rows.filter(({ label }) => label === 0)];
}
