import type { Calibration } from '@syntrace/core';
import type { EvaluationRow } from '../row.js';
import { scoredRows, unusable } from './scored.js';

export type IsotonicCalibration = Extract<Calibration, { method: 'isotonic' }>;

interface Block {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly mean: number;
}

/** Isotonic calibration: the rising step function that is nearest to the labels in least squares, both classes given the same weight (pool adjacent violators);
 *  lines between the ends of its steps. Needs more pictures than Platt's two numbers: some hundreds. O(n log n)
 *  @throws TRAINING_INVALID when a class is missing or higher scores don't mean synthetic */
export function isotonicCalibration(rows: readonly Pick<EvaluationRow, 'score' | 'label'>[]): IsotonicCalibration {
  const scored = [...scoredRows(rows)].sort((a, b) => a.score - b.score);
  const counts = [0, 1].map(label => scored.filter(row => row.label === label).length);
  const blocks: Block[] = [];
  for (let i = 0; i < scored.length; ) {
    const { score } = scored[i]!;
    let [weight, synthetic] = [0, 0];
    for (; i < scored.length && scored[i]!.score === score; i++) {
      const { label } = scored[i]!;
      weight += 1 / counts[label]!;
      synthetic += label / counts[label]!;
    }
    let block: Block = { from: score, to: score, weight, mean: synthetic / weight };
    for (let last = blocks.at(-1); last && last.mean >= block.mean; last = blocks.at(-1)) {
      blocks.pop();
      const total = last.weight + block.weight;
      block = { from: last.from, to: block.to, weight: total, mean: (last.weight * last.mean + block.weight * block.mean) / total };
    }
    blocks.push(block);
  }
  if (blocks.length < 2) throw unusable('higher scores do not mean synthetic on these pictures');
  const points = blocks.flatMap(({ from, to, mean }) => (from === to ? [[from, mean] as const] : [[from, mean] as const, [to, mean] as const]));
  return { method: 'isotonic', scores: points.map(([score]) => score), probabilities: points.map(([, p]) => Math.min(1, Math.max(0, p))) };
}
