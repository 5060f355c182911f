import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Image, isFailure, type Judgement } from '@syntrace/core';
import { type Dataset, type DatasetItem, openDataset, type Perturbation, parsePerturbation, perturbedInput } from '@syntrace/datasets';
import {
  type ClassFiles,
  type EvaluationResult,
  type EvaluationRow,
  evaluate,
  evaluationReport,
  evaluationTable,
  fileCollector,
  type Table,
} from '@syntrace/evaluation';
import { stringify } from 'csv-stringify/sync';
import { sharpnessDetector } from '../../bench/sharpness.js';
import { interruptSignal } from '../interrupt.js';
import { openSession, type Session, type SessionOptions } from '../open-session.js';
import { grid } from '../output/grid.js';
import { startProgress } from '../progress.js';

interface EvalOptions extends SessionOptions {
  readonly perturb?: readonly string[];
  readonly baseline?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly seed: number;
}

interface ScoredRow extends EvaluationRow {
  readonly path: string;
  readonly condition: string;
  readonly detector: string;
}

/** Judges every picture as stored and after each perturbation; figures at the shipped threshold, per generator, with intervals. */
export async function evalCommand(path: string, options: EvalOptions): Promise<void> {
  const perturbations = (options.perturb ?? []).map(parsePerturbation);
  const dataset = await openDataset(path);
  sayDataset(dataset);
  const session = await openSession(options);
  const runs = [{ session, label: '' }, ...(options.baseline ? [{ session: await baselineSession(options), label: 'sharpness only, ' }] : [])];
  const results: EvaluationResult[] = [];
  const rows: ScoredRow[] = [];
  const signal = interruptSignal();
  let failed = dataset.unreadable.length;
  for (const { session, label } of runs) {
    for (const perturbation of [null, ...perturbations]) {
      const name = `${label}${perturbation?.name ?? 'as stored'}`;
      const scored = await judgeAll(dataset, perturbation, session, name, signal);
      failed += scored.failed;
      if (scored.rows.length === 0) continue;
      rows.push(...scored.rows);
      results.push(evaluate(scored.rows, { name, seed: options.seed, failed: scored.failed, files: scored.files }));
    }
    await session.syntrace.close();
  }
  if (options.out) await writeResults(options.out, results, rows);
  if (options.json) console.log(JSON.stringify(results, null, 2));
  else for (const result of results) console.log(`${printable(evaluationTable(result))}\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function sayDataset({ root, items, groups, unlabelled, unreadable }: Dataset): void {
  const left = unlabelled ? `, ${unlabelled} in no class folder left out` : '';
  console.error(`${root}: ${items.length} pictures in ${groups.length} groups${left}`);
  for (const folder of unreadable) console.error(`${folder}: the folder cannot be listed`);
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
  { syntrace, choice, limits }: Session,
  name: string,
  signal: AbortSignal,
): Promise<{ rows: ScoredRow[]; failed: number; files: ClassFiles }> {
  const progress = startProgress(name, dataset.items.length);
  const files = fileCollector();
  const sources = dataset.items.map(({ path }) => (perturbation ? perturbedInput(path, perturbation, limits) : path));
  const rows: ScoredRow[] = [];
  let failed = 0;
  try {
    for await (const outcome of syntrace.detectAll(sources, { ...choice, signal })) {
      const item = dataset.items[outcome.index]!;
      if (isFailure(outcome)) {
        failed++;
        console.error(`${outcome.uri}: ${outcome.error.code} ${outcome.error.message}`);
      } else {
        files.add(item.label, { ...outcome, source: outcome.source as Image['source'] });
        rows.push(rowOf(item, outcome, name));
      }
      progress.step();
    }
  } finally {
    progress.stop();
  }
  return { rows, failed, files: files.summary() };
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

async function writeResults(folder: string, results: readonly EvaluationResult[], rows: readonly ScoredRow[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'metrics.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(
    join(folder, 'scores.csv'),
    stringify([...rows], { header: true, columns: ['path', 'condition', 'detector', 'group', 'label', 'score', 'probability', 'verdict'] }),
  );
  await writeFile(join(folder, 'report.html'), evaluationReport(results));
  console.error(`wrote ${['report.html', 'metrics.json', 'scores.csv'].map(name => join(folder, name)).join(', ')}`);
}

/** A narrow table for terminals: values with their intervals in one cell. */
function printable({ columns, rows }: Table): string {
  const shown = columns.flatMap((column, i) => (column.interval ? [] : [{ column, i }]));
  const cell = (row: Table['rows'][number], i: number, kind: string) => {
    const value = row[i];
    if (value === null || value === undefined) return '–';
    if (typeof value === 'string' || kind === 'count') return String(value);
    const [low, high] = kind === 'metric' ? [row[i + 1], row[i + 2]] : [null, null];
    return typeof low === 'number' && typeof high === 'number' ? `${value.toFixed(3)}\n${low.toFixed(2)}–${high.toFixed(2)}` : value.toFixed(3);
  };
  return grid(
    shown.map(({ column }) => column.label),
    rows.map(row => shown.map(({ column, i }) => cell(row, i, column.kind))),
  );
}
