import type { TrainingEpoch, ValidationScores } from '@syntrace/core';
import { auc, averagePrecision, type EvaluationRow } from '@syntrace/evaluation';

/** What a curve shows of an epoch, column by column; figures of validation are those at sigmoid > 0.5, as published. */
export type EpochRow = ReadonlyMap<string, number>;

export function epochRow({ epoch, steps, rate, loss, gradient, seconds, waited, validation }: TrainingEpoch): EpochRow {
  const taught = Object.entries({ epoch, steps, rate, loss, gradient, seconds, waited });
  return new Map([...taught, ...validation.flatMap(each => validationColumns(each).map(([name, value]) => [`${each.condition} ${name}`, value] as const))]);
}

function validationColumns({ loss, labels, scores }: ValidationScores): readonly (readonly [name: string, value: number])[] {
  const rows = [...labels].map((label, i): EvaluationRow => {
    const score = scores[i]!;
    return { label: label as 0 | 1, score, probability: null, verdict: score > 0 ? 'synthetic' : 'real', group: '' };
  });
  const right = (label: 0 | 1) => {
    const own = rows.filter(row => row.label === label);
    return own.filter(row => (row.verdict === 'synthetic') === (label === 1)).length / own.length;
  };
  const [real, fake] = [right(0), right(1)];
  const reals = rows.filter(row => row.label === 0).length;
  const accuracy = (real * reals + fake * (rows.length - reals)) / rows.length;
  return [
    ['loss', loss],
    ['accuracy', accuracy],
    ['real accuracy', real],
    ['fake accuracy', fake],
    ['AP', averagePrecision(rows) ?? Number.NaN],
    ['AUC', auc(rows) ?? Number.NaN],
  ];
}

/** One line for the terminal. */
export function epochLine(row: EpochRow): string {
  const shown = [...row].filter(([name]) => name !== 'steps' && name !== 'seconds' && name !== 'waited');
  const waiting = Math.round((100 * row.get('waited')!) / Math.max(row.get('seconds')!, 1e-9));
  return `${shown.map(([name, value]) => `${name} ${short(value)}`).join(' · ')} · ${row.get('seconds')!.toFixed(0)} s, ${waiting} % of it waiting for pictures`;
}

const short = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(3));
