// How often photographs are called synthetic, by where they come from.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { data } from './evaluate.mjs';
import { shareOf, table } from './tables.mjs';

/** Sources with fewer photographs than these stand together. */
const LEAST = 5;

/** Where each picture of `more` comes from: the repository or package that held it. */
function sourcesOfMore() {
  const lines = readFileSync(join(data, 'more/files.jsonl'), 'utf8').trim().split('\n');
  return new Map(
    lines.map(line => JSON.parse(line)).map(({ path, source }) => [path, source.startsWith('debian:') ? source.split('@')[0] : source.split(/[@:]/)[0]]),
  );
}

/** Photographs of `more/test` that are called synthetic, by source, a column a detector and condition. */
export function bySource(entries, conditions) {
  const sources = sourcesOfMore();
  const sourceOf = ({ path }) => sources.get(path.slice(path.indexOf('test/'))) ?? 'unknown';
  const real = entries.map(({ scores }) => scores.filter(row => row.label === '0'));
  const counts = new Map();
  for (const row of real[0].filter(({ condition }) => condition === conditions[0])) counts.set(sourceOf(row), (counts.get(sourceOf(row)) ?? 0) + 1);
  const named = [...counts].filter(([, n]) => n >= LEAST).sort(([, m], [, n]) => n - m);
  const small = [...counts].filter(([, n]) => n < LEAST);
  const cell = (rows, condition, holds) => {
    const own = rows.filter(row => row.condition === condition && holds(sourceOf(row)));
    return shareOf(own.filter(({ verdict }) => verdict === 'synthetic').length, own.length);
  };
  const cells = holds => real.flatMap(rows => conditions.map(condition => cell(rows, condition, holds)));
  const rows = [
    ...named.map(([source, n]) => [source, n, ...cells(each => each === source)]),
    [`${small.length} smaller sources`, small.reduce((sum, [, n]) => sum + n, 0), ...cells(each => small.some(([source]) => source === each))],
    ['**all**', real[0].length / entries[0].results.length, ...cells(() => true)],
  ];
  return table(['source', 'photographs', ...entries.flatMap(({ name }) => conditions.map(condition => `${name}, ${condition}`))], rows);
}
