import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.js';
import { generatorTable, markdownOf } from './generator-table.js';
import { PUBLISHED_TABLES } from './published/index.js';
import type { EvaluationRow } from './row.js';

const row = (group: string, label: 0 | 1, score: number): EvaluationRow => ({
  group,
  label,
  score,
  probability: null,
  verdict: score > 0 ? 'synthetic' : 'real',
});
/** ProGAN: 3 of 4 right, WFIR: 2 of 4, each with its own real pictures. */
const rows = [
  row('progan', 0, -1),
  row('progan', 0, -2),
  row('progan', 1, 3),
  row('progan', 1, -1.5),
  row('whichfaceisreal', 0, 1),
  row('whichfaceisreal', 0, -1),
  row('whichfaceisreal', 1, 2),
  row('whichfaceisreal', 1, -2),
];
const result = evaluate(rows, { name: 'test', resamples: 0 });

describe('generatorTable', () => {
  it('gives accuracy, average precision, and accuracy of either class, with their means', () => {
    const { columns, rows: table } = generatorTable(result);
    expect(columns.map(({ label }) => label)).toEqual(['Generator', 'Real', 'Synthetic', 'ACC', 'AP', 'Real ACC', 'Fake ACC']);
    // AP of ProGAN by hand: 1/1 at the first fake, 2/3 at the second; of the other 1/1, then 2/4.
    expect(table).toEqual([
      ['progan', 2, 2, 75, expect.closeTo(100 * (1 / 2 + 1 / 3), 9), 100, 50],
      ['whichfaceisreal', 2, 2, 50, expect.closeTo(100 * (1 / 2 + 1 / 4), 9), 50, 50],
      ['Mean', null, null, 62.5, expect.closeTo(100 * ((5 / 6 + 3 / 4) / 2), 9), 75, 50],
    ]);
  });

  it('puts a published table beside it, whose means are over the same generators', () => {
    const published = PUBLISHED_TABLES.find(({ layout }) => layout === 'aigcdetectbenchmark')!;
    const { columns, rows: table } = generatorTable(result, published);
    const npr = columns.findIndex(({ label }) => label === 'NPR');
    expect(table.map(cells => cells[npr])).toEqual([99.9, 60.7, expect.closeTo(80.3, 9)]);
    const unknown = generatorTable(evaluate([...rows, row('mine', 0, 0), row('mine', 1, 1)], { name: 'x', resamples: 0 }), published);
    expect(unknown.rows.find(([name]) => name === 'mine')![npr]).toBeNull();
  });

  it('sets a generator without real pictures of its own against all, and leaves out one without fakes', () => {
    const shared = evaluate([row('imagenet', 0, -1), row('imagenet', 0, 1), row('guided', 1, 2), row('ldm_100', 1, -2)], { name: 'x', resamples: 0 });
    expect(generatorTable(shared).rows).toEqual([
      ['guided', 2, 1, expect.closeTo(200 / 3, 9), 100, 50, 100],
      ['ldm_100', 2, 1, expect.closeTo(100 / 3, 9), expect.closeTo(100 / 3, 9), 50, 0],
      ['Mean', null, null, expect.closeTo(50, 9), expect.closeTo(200 / 3, 9), 50, 50],
    ]);
  });

  it('is Markdown with one decimal', () => {
    expect(markdownOf(generatorTable(result)).split('\n').slice(0, 3)).toEqual([
      '| Generator | Real | Synthetic | ACC | AP | Real ACC | Fake ACC |',
      '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
      '| progan | 2 | 2 | 75.0 | 83.3 | 100.0 | 50.0 |',
    ]);
  });
});
