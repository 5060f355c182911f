import { expect, it } from 'vitest';
import { rowOf } from '../test/reference.js';
import { evaluate } from './evaluate.js';
import { evaluationTable } from './table.js';

it('has a row for all, for the means, and two for each generator; cells fit the columns', () => {
  const rows = ['a', 'b'].flatMap(group => [rowOf(0, -1, { group }), rowOf(1, group === 'a' ? 1 : -2, { group }), rowOf(1, null, { group })]);
  const { columns, rows: cells } = evaluationTable(evaluate(rows, { name: 'set', resamples: 0 }));
  const at = (key: string) => columns.findIndex(column => column.key === key);
  expect(cells.map(row => [row[at('group')], row[at('against')], row[at('auc')]])).toEqual([
    ['all', 'all real', 0.5],
    ['mean of 2', 'own real', 0.5],
    ['mean of 2', 'all real', 0.5],
    ['a', 'own real', 1],
    ['a', 'all real', 1],
    ['b', 'own real', 0],
    ['b', 'all real', 0],
  ]);
  expect(cells.every(row => row.length === columns.length)).toBe(true);
  expect(cells[0]![at('coverage')]).toBeCloseTo(4 / 6, 12);
  expect([cells[0]![at('abstained')], cells[1]![at('abstained')]]).toEqual([2, null]);
  expect(new Set(columns.map(column => column.key)).size).toBe(columns.length);
});
