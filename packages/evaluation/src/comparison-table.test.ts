import { expect, it } from 'vitest';
import { rowOf } from '../test/reference.js';
import { comparisonTable } from './comparison-table.js';
import { evaluate } from './evaluate.js';
import { markdownOf } from './generator-table.js';

const rows = (flip: number) => ['a', 'b'].flatMap(group => [rowOf(0, -1, { group }), rowOf(1, group === 'a' ? 1 : flip, { group }), rowOf(0, 0, { group })]);
const shortcuts = [{ id: 'metadata' as const, label: 'metadata only', auc: { value: 0.75, low: 0.5, high: 1 } }];

it('sets evaluations side by side, a row a generator, then means, all pictures, and what the set gives away', () => {
  const results = [evaluate(rows(2), { name: 'one', resamples: 20, shortcuts }), evaluate(rows(-2), { name: 'two|2', resamples: 0 })];
  const { columns, rows: cells } = comparisonTable(results);
  expect(columns.map(({ label }) => label)).toEqual(['Generator', 'one', 'two|2']);
  expect(cells).toEqual([
    ['a', '1.000 (1.00–1.00)', '1.000'],
    ['b', '1.000 (1.00–1.00)', '0.000'],
    ['Mean', '1.000 (1.00–1.00)', '0.500'],
    ['All pictures', '1.000 (1.00–1.00)', '0.500'],
    ['metadata only', '0.750 (0.50–1.00)', null],
  ]);
  expect(comparisonTable(results, 'balancedAccuracy').rows.map(([label]) => label)).toEqual(['a', 'b', 'Mean', 'All pictures']);
  expect(markdownOf(comparisonTable(results))).toContain('| Generator | one | two\\|2 |');
});

it('names every generator of any evaluation', () => {
  const [one, two] = ['a', 'b'].map(group => evaluate([rowOf(0, 0, { group }), rowOf(1, 1, { group })], { name: group, resamples: 0 }));
  expect(comparisonTable([one!, two!]).rows.slice(0, 2)).toEqual([
    ['a', '1.000', null],
    ['b', null, '1.000'],
  ]);
});
