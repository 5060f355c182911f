import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTable } from '@syntrace/datasets';
import {
  comparisonTable,
  type EvaluationResult,
  evaluationReport,
  evaluationTable,
  generatorTable,
  markdownOf,
  type PublishedTable,
} from '@syntrace/evaluation';
import { stringify } from 'csv-stringify/sync';
import type { Audit } from './audit.js';
import type { ScoredRow } from './series.js';

export const comparison = (published: PublishedTable | null): string =>
  published ? `in per cent, beside the accuracies of ${published.title} (${published.source})` : 'in per cent, by generator';

const SCORES = ['path', 'condition', 'detector', 'group', 'label', 'score', 'probability', 'verdict'] as const;

/** The page, the figures and the scores, in the forms that people and programs read. */
export async function writeResults(
  folder: string,
  results: readonly EvaluationResult[],
  rows: readonly ScoredRow[],
  published: PublishedTable | null,
  audit: Audit | null,
): Promise<void> {
  const at = (name: string) => join(folder, name);
  await writeGenerators(folder, results, published);
  await writeFile(at('metrics.json'), `${JSON.stringify(results, null, 2)}\n`);
  if (audit) await writeFile(at('audit.json'), `${JSON.stringify(audit, null, 2)}\n`);
  await writeFile(at('table.md'), `${markdownOf(comparisonTable(results))}\n`);
  const scores = rows.map(row => Object.fromEntries(SCORES.map(name => [name, row[name]])));
  for (const kind of ['csv', 'parquet']) {
    await writeTable(at(`scores.${kind}`), SCORES, scores);
    const tables = results.map(evaluationTable);
    const columns = (tables[0]?.columns ?? []).map(({ key }) => key);
    const cells = tables.flatMap(table => table.rows.map(row => Object.fromEntries(row.map((cell, i) => [columns[i]!, cell]))));
    await writeTable(at(`metrics.${kind}`), columns, cells);
  }
  await writeFile(at('report.html'), evaluationReport(results, audit ?? undefined));
  const written = [
    'report.html',
    'metrics.json',
    'metrics.csv',
    'metrics.parquet',
    'scores.csv',
    'scores.parquet',
    'generators.csv',
    'generators.md',
    'table.md',
  ];
  console.error(`wrote ${[...written, ...(audit ? ['audit.json'] : [])].map(at).join(', ')}`);
}

async function writeGenerators(folder: string, results: readonly EvaluationResult[], published: PublishedTable | null): Promise<void> {
  const tables = results.map(result => ({ name: result.name, table: generatorTable(result, published) }));
  const [first] = tables;
  const head = ['evaluation', ...(first?.table.columns ?? []).map(({ key }) => key)];
  await writeFile(join(folder, 'generators.csv'), stringify([head, ...tables.flatMap(({ name, table }) => table.rows.map(row => [name, ...row]))]));
  const text = tables.map(({ name, table }) => `## ${name}\n\n${comparison(published)}\n\n${markdownOf(table)}\n`).join('\n');
  await writeFile(join(folder, 'generators.md'), text);
}
