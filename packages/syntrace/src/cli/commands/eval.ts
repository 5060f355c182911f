import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFailure, type Judgement, type Outcome, SyntraceError } from '@syntrace/core';
import { type Dataset, type DatasetItem, openDataset, type Perturbation, parsePerturbations, perturbedInput } from '@syntrace/datasets';
import {
  biasStatement,
  type EvaluationResult,
  type EvaluationRow,
  evaluate,
  evaluationReport,
  evaluationTable,
  fileCollector,
  generatorTable,
  markdownOf,
  type PictureFile,
  PUBLISHED_TABLES,
  type PublishedTable,
} from '@syntrace/evaluation';
import { stringify } from 'csv-stringify/sync';
import { sharpnessDetector } from '../../bench/sharpness.js';
import { fingerprint } from '../fingerprint.js';
import { interruptSignal } from '../interrupt.js';
import { Journal } from '../journal.js';
import { publishedLook } from '../look.js';
import { openSession, type Session, type SessionOptions } from '../open-session.js';
import { evaluationGrid, generatorGrid } from '../output/evaluation-grid.js';
import { prepareFolder } from '../output/prepare.js';
import { sayDataset } from '../output/say-dataset.js';
import { startProgress } from '../progress.js';
import { type Made, resumed } from '../resumed.js';

interface EvalOptions extends SessionOptions {
  readonly perturb?: readonly string[];
  readonly layout?: string;
  readonly compat?: boolean;
  readonly compare?: boolean;
  readonly baseline?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly resume?: string;
  readonly seed: number;
}

interface ScoredRow extends EvaluationRow {
  readonly path: string;
  readonly condition: string;
  readonly detector: string;
}

/** One picture under one condition, as the journal keeps it. */
interface Entry {
  readonly path: string;
  readonly condition: string;
  readonly row?: ScoredRow;
  /** What its file is like, for the statement about the set. */
  readonly file?: PictureFile;
  readonly error?: string;
}

const keyOf = ({ condition, path }: Pick<Entry, 'condition' | 'path'>): string => `${condition}\n${path}`;

/** Judges every picture as stored and after each perturbation; figures at the shipped threshold, per generator, with intervals. */
export async function evalCommand(path: string, options: EvalOptions): Promise<void> {
  const perturbations = (options.perturb ?? []).flatMap(parsePerturbations);
  if (options.out) await prepareFolder(options.out);
  const dataset = await openDataset(path, options.layout === undefined ? {} : { layout: options.layout });
  sayDataset(dataset);
  const published = options.compare ? publishedFor(dataset.layout.id) : null;
  const session = await openSession(options.compat ? { ...options, look: publishedLook(dataset.layout.id) } : options);
  const journal = options.resume
    ? await Journal.open(options.resume, await fingerprint(session, options.compat || options.look ? { look: options.look ?? 'compat' } : {}), (entry: Entry) =>
        keyOf(entry),
      )
    : null;
  const runs = [{ session, label: '' }, ...(options.baseline ? [{ session: await baselineSession(options), label: 'sharpness only, ' }] : [])];
  const results: EvaluationResult[] = [];
  const rows: ScoredRow[] = [];
  const signal = interruptSignal();
  let failed = dataset.unreadable.length;
  try {
    for (const { session, label } of runs) {
      for (const perturbation of [null, ...perturbations]) {
        const name = `${label}${perturbation?.name ?? 'as stored'}`;
        const entries = await judgeAll(dataset, perturbation, session, name, journal, signal);
        const scored = entries.flatMap(({ row }) => row ?? []);
        failed += entries.length - scored.length;
        if (scored.length === 0) continue;
        rows.push(...scored);
        const condition = { series: label.replace(/, $/, ''), perturbation: perturbation && { kind: perturbation.kind, strength: perturbation.strength } };
        results.push(evaluate(scored, { name, condition, seed: options.seed, failed: entries.length - scored.length, files: filesOf(entries) }));
      }
      await session.syntrace.close();
    }
  } finally {
    journal?.close();
  }
  if (options.out) await writeResults(options.out, results, rows, published);
  if (options.json) console.log(JSON.stringify(results, null, 2));
  else
    for (const result of results) {
      console.log(`${result.name}\n${evaluationGrid(evaluationTable(result))}\n`);
      if (options.compat || published) console.log(`${comparison(published)}\n${generatorGrid(generatorTable(result, published))}\n`);
    }
  if (results[0]?.files) console.error(biasStatement(results[0].files).sentences[0]);
  process.exitCode = failed > 0 ? 1 : 0;
}

async function baselineSession(options: EvalOptions): Promise<Session> {
  const session = await openSession({ ...options, detector: [] });
  const baseline = sharpnessDetector();
  session.syntrace.use(baseline);
  return { ...session, choice: { detectors: baseline.detectors!.map(detector => detector.id) } };
}

async function judgeAll(
  dataset: Dataset,
  perturbation: Perturbation | null,
  session: Session,
  condition: string,
  journal: Journal<Entry> | null,
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const progress = startProgress(condition, dataset.items.length);
  const entries: Entry[] = [];
  const judge = (items: readonly DatasetItem[]) => judged(items, perturbation, session, condition, signal);
  try {
    for await (const { entry } of resumed(dataset.items, ({ path }) => keyOf({ condition, path }), journal, judge)) {
      entries.push(entry);
      if (entry.error) progress.aside(() => console.error(entry.error));
      progress.step();
    }
  } finally {
    progress.stop();
  }
  return entries;
}

async function* judged(
  items: readonly DatasetItem[],
  perturbation: Perturbation | null,
  { syntrace, choice, limits }: Session,
  condition: string,
  signal: AbortSignal,
): AsyncGenerator<Made<Entry>> {
  const kernels = await syntrace.kernels();
  const sources = items.map(({ path }) => (perturbation ? perturbedInput(path, perturbation, kernels, limits) : path));
  for await (const outcome of syntrace.detectAll(sources, { ...choice, signal })) yield { entry: entryOf(items[outcome.index]!, outcome, condition) };
}

function entryOf(item: DatasetItem, outcome: Outcome, condition: string): Entry {
  const { path } = item;
  if (isFailure(outcome)) return { path, condition, error: `${outcome.error.code} ${outcome.error.message}` };
  const { width, height, source } = outcome;
  return { path, condition, row: rowOf(item, outcome, condition), file: { width, height, source: { format: source.format, jpeg: source.jpeg } } };
}

const rowOf = ({ path, label, group }: DatasetItem, { score, probability, verdict, detectors }: Judgement, condition: string): ScoredRow => ({
  path,
  label,
  group,
  score,
  probability,
  verdict,
  condition,
  detector: detectors.map(detector => detector.id).join('+'),
});

function filesOf(entries: readonly Entry[]) {
  const files = fileCollector();
  for (const { row, file } of entries) if (row && file) files.add(row.label, file);
  return files.summary();
}

/** @throws USAGE for a layout without a published table */
function publishedFor(layout: string): PublishedTable {
  const table = PUBLISHED_TABLES.find(each => each.layout === layout);
  if (table) return table;
  const known = PUBLISHED_TABLES.map(each => each.layout).join(', ');
  throw new SyntraceError('USAGE', { detail: `--compare: there is no published table for the layout ${layout}; those that have one: ${known} (--layout)` });
}

const comparison = (published: PublishedTable | null): string =>
  published ? `in per cent, beside the accuracies of ${published.title} (${published.source})` : 'in per cent, by generator';

async function writeGenerators(folder: string, results: readonly EvaluationResult[], published: PublishedTable | null): Promise<void> {
  const tables = results.map(result => ({ name: result.name, table: generatorTable(result, published) }));
  const [first] = tables;
  const head = ['evaluation', ...(first?.table.columns ?? []).map(({ key }) => key)];
  await writeFile(join(folder, 'generators.csv'), stringify([head, ...tables.flatMap(({ name, table }) => table.rows.map(row => [name, ...row]))]));
  const text = tables.map(({ name, table }) => `## ${name}\n\n${comparison(published)}\n\n${markdownOf(table)}\n`).join('\n');
  await writeFile(join(folder, 'generators.md'), text);
}

async function writeResults(folder: string, results: readonly EvaluationResult[], rows: readonly ScoredRow[], published: PublishedTable | null): Promise<void> {
  await writeGenerators(folder, results, published);
  await writeFile(join(folder, 'metrics.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(
    join(folder, 'scores.csv'),
    stringify([...rows], { header: true, columns: ['path', 'condition', 'detector', 'group', 'label', 'score', 'probability', 'verdict'] }),
  );
  await writeFile(join(folder, 'report.html'), evaluationReport(results));
  console.error(`wrote ${['report.html', 'metrics.json', 'scores.csv', 'generators.csv', 'generators.md'].map(name => join(folder, name)).join(', ')}`);
}
