import { expect, it } from 'vitest';
import { rowOf } from '../test/reference.js';
import { attributionOf } from './attribution.js';
import { evaluate } from './evaluate.js';
import { evaluationReport } from './report/report.js';

const rows = [
  rowOf(0, -1, { group: 'b', named: 'real' }),
  rowOf(0, 1, { group: 'a', named: 'a' }),
  rowOf(1, 1, { group: 'a', named: 'a' }),
  rowOf(1, 1, { group: 'a', named: 'c' }),
  rowOf(1, 1, { group: 'b', named: 'a' }),
  rowOf(1, 1, { group: 'a', named: null }),
];

it('counts what each picture was taken for, and is right only where the source can be named', () => {
  // b is never named, so that its picture counts in no accuracy.
  const expected = {
    truths: ['real', 'a', 'b'],
    named: ['real', 'a', 'c'],
    counts: [
      [1, 1, 0],
      [0, 1, 1],
      [0, 1, 0],
    ],
    accuracy: 0.5,
  };
  expect(attributionOf(rows)).toEqual(expected);
  const result = evaluate(rows, { name: 'x', resamples: 0 });
  expect(result.attribution).toEqual(expected);
  expect(evaluationReport([result])).toMatch(
    /50\.0.% right among pictures of sources that can be named[\s\S]*<td class="cell right" style="--share:50%">1<\/td>/,
  );
});

it('is absent where nothing is named, and refuses what is no name', () => {
  expect(attributionOf([rowOf(1, 1)])).toBeNull();
  expect(evaluate([rowOf(1, 1)], { name: '', resamples: 0 })).not.toHaveProperty('attribution');
  expect(() => attributionOf([rowOf(1, 1, { named: '' })])).toThrow(expect.objectContaining({ code: 'USAGE' }));
});
