import { type Learners, logit } from '@syntrace/core';
import type { MemberRow } from './rows.js';

export interface FittedWeights {
  readonly weights: readonly number[];
  readonly bias: number;
}

/** Penalty of the logistic regression, on logits as they are. */
const PENALTY = 0.01;

/** Weights and bias of the members' logits by logistic regression. Each generator's pictures count alike, and so do both classes; a member that abstains adds
 *  nothing. `positive`: a member that would speak against itself is left out, one after the other, so that no weight is below 0. */
export async function fitWeights(rows: readonly MemberRow[], members: readonly number[], positive: boolean, learners: Learners): Promise<FittedWeights> {
  const width = rows[0]?.detections.length ?? 0;
  const counts = new Map<string, number>();
  const keyOf = ({ label, group }: MemberRow) => (label === 1 ? group : '');
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  const generators = counts.size - 1;
  let used = [...members];
  for (;;) {
    const model = await learners.logistic({
      x: Float32Array.from(rows.flatMap(({ detections }) => used.map(m => logitOf(detections[m]!.probability)))),
      y: Uint8Array.from(rows, row => row.label),
      sampleWeights: Float64Array.from(rows, row => 1 / (counts.get(keyOf(row))! * (row.label === 1 ? generators : 1))),
      features: used.length,
      l2: PENALTY,
    });
    const worst = used.reduce((best, _, i) => (model.weights[i]! < model.weights[best]! ? i : best), 0);
    if (!positive || model.weights[worst]! >= 0 || used.length === 1) {
      const weights = Array.from({ length: width }, (_, m) => (used.includes(m) ? model.weights[used.indexOf(m)]! : 0));
      return { weights: positive ? weights.map(weight => Math.max(0, weight)) : weights, bias: model.bias[0]! };
    }
    used = used.filter((_, i) => i !== worst);
  }
}

const logitOf = (probability: number | null): number => (probability === null ? 0 : logit(probability));
