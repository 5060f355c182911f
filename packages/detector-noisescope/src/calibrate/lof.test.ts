import { expect, it } from 'vitest';
import fixtures from '../../test/fixtures/fixtures.json' with { type: 'json' };
import { fitLof, lofScores, type Neighbours } from './lof.js';

const { neighbours, train, queries, trainingScores, scores, offset } = fixtures.lof;

/** Nearest rows by the definition. */
function nearest(rows: readonly (readonly number[])[], of: readonly (readonly number[])[], withoutSelf: boolean): Neighbours {
  const found = of.map((query, q) =>
    rows
      .map((row, index) => ({ index, distance: Math.hypot(...row.map((value, i) => value - query[i]!)) }))
      .filter(({ index }) => !withoutSelf || index !== q)
      .sort((a, b) => a.distance - b.distance || a.index - b.index)
      .slice(0, neighbours),
  );
  const flat = found.flat();
  return { distances: Float64Array.from(flat, ({ distance }) => distance), indices: Float64Array.from(flat, ({ index }) => index) };
}

it('is scikit-learn’s, for training rows and new ones, also where rows coincide', () => {
  const { model, scores: own } = fitLof(nearest(train, train, true), neighbours);
  expect(model.offset).toBeCloseTo(offset, 12);
  for (const [i, score] of own.entries()) expect(score).toBeCloseTo(trainingScores[i]!, 12);
  for (const [i, score] of lofScores(nearest(train, queries, false), model).entries()) expect(score).toBeCloseTo(scores[i]!, 12);
});
