import { writeFile } from 'node:fs/promises';
import { isFailure, type Judgement } from '@syntrace/core';
import { type ImageInput, nameOf } from '@syntrace/image-io';
import { drawAdded } from '../../draw-added.js';
import type { ReportEntry } from '../../report/entry.js';
import { renderReport } from '../../report/index.js';
import { isFailedRow, type Row, rowOf } from '../../rows.js';
import { fingerprint } from '../fingerprint.js';
import { expandInputs } from '../inputs.js';
import { interruptSignal } from '../interrupt.js';
import { Journal } from '../journal.js';
import { openSession, type Session, type SessionOptions } from '../open-session.js';
import { reportEntry, writeExplanations } from '../output/pictures.js';
import { prepareFile, prepareFolder } from '../output/prepare.js';
import { type OutputFormat, rowSink } from '../output/sink.js';
import { startProgress } from '../progress.js';
import { type Made, resumed } from '../resumed.js';

export interface DetectCommandOptions extends SessionOptions {
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly csv?: boolean;
  readonly report?: string;
  readonly explain?: string;
  readonly threshold?: number;
  readonly compat?: boolean;
  readonly resume?: string;
}

/** Entries with pictures that one report page holds. */
const REPORT_LIMIT = 500;
const THUMBNAIL_SIDE = 320;

interface Tally {
  judged: number;
  failed: number;
  synthetic: number;
  real: number;
  inconclusive: number;
}

export async function detectCommand(paths: readonly string[], options: DetectCommandOptions): Promise<void> {
  const start = performance.now();
  if (options.report) await prepareFile(options.report);
  if (options.explain) await prepareFolder(options.explain);
  const { sources, skipped } = await expandInputs(paths);
  const session = await openSession(options.compat ? { ...options, asPublished: true } : options);
  const journal = options.resume
    ? await Journal.open(
        options.resume,
        await fingerprint(session, { threshold: options.threshold, ...(options.compat && { compat: true }) }),
        (row: Row) => row.path,
      )
    : null;
  const sink = rowSink(formatOf(options));
  const progress = startProgress('judging', sources.length);
  const tally: Tally = { judged: 0, failed: 0, synthetic: 0, real: 0, inconclusive: 0 };
  const entries: ReportEntry[] = [];
  try {
    for await (const result of resumed(sources, keyOf, journal, (pending, places) => judged(pending, places, session, options))) {
      const row = result.entry;
      count(tally, row);
      progress.aside(() => sink.row(row));
      if (options.report && entries.length < REPORT_LIMIT) entries.push(await reportEntry(row, 'judgement' in result ? result.judgement : null));
      progress.step();
    }
  } finally {
    progress.stop();
    sink.end();
    journal?.close();
  }
  const seconds = (performance.now() - start) / 1000;
  if (options.report) await writeReport(options.report, entries, session, tally, sources.length, seconds);
  say(tally, skipped, seconds, options);
  await session.syntrace.close();
  process.exitCode = tally.failed > 0 ? 1 : 0;
}

interface Judged extends Made<Row> {
  /** `null` for a failure. */
  readonly judgement: Judgement | null;
}

/** What comes from standard input is another picture each time. */
const keyOf = (source: ImageInput): string | null => (source === '-' ? null : nameOf(source));

/** Fresh results in order, their evidence already written. */
async function* judged(
  sources: readonly ImageInput[],
  places: readonly number[],
  { syntrace, choice }: Session,
  options: DetectCommandOptions,
): AsyncGenerator<Judged> {
  const outcomes = syntrace.detectAll(sources, {
    ...choice,
    explain: Boolean(options.report || options.explain),
    ...(options.report && { thumbnail: THUMBNAIL_SIDE }),
    signal: interruptSignal(),
  });
  for await (const outcome of outcomes) {
    const judgement = isFailure(outcome) ? null : await withAdded(outcome, syntrace);
    if (judgement && options.explain) await writeExplanations(options.explain, judgement, places[outcome.index]!);
    yield { entry: rowOf(outcome, options.threshold), judgement };
  }
}

/** With a drawing of what each member of an ensemble added, where evidence is drawn. */
async function withAdded(judgement: Judgement, syntrace: Session['syntrace']): Promise<Judgement> {
  const { explanations, detectors } = judgement;
  return explanations ? { ...judgement, explanations: [...(await drawAdded(detectors, await syntrace.kernels())), ...explanations] } : judgement;
}

const formatOf = ({ json, ndjson, csv }: DetectCommandOptions): OutputFormat => (ndjson ? 'ndjson' : json ? 'json' : csv ? 'csv' : 'table');

function count(tally: Tally, row: Row): void {
  if (isFailedRow(row)) tally.failed++;
  else {
    tally.judged++;
    tally[row.verdict]++;
  }
}

async function writeReport(
  file: string,
  entries: readonly ReportEntry[],
  { syntrace, choice }: Session,
  tally: Tally,
  total: number,
  seconds: number,
): Promise<void> {
  const used = choice.ensemble?.members.map(member => member.id) ?? choice.detectors ?? syntrace.defaultDetectors();
  const detectors = used.map(id => ({ id, version: syntrace.registry.versionOf(id), description: syntrace.registry.detector(id).description }));
  const { backend } = await syntrace.kernels();
  const summary = { title: 'Syntrace report', created: new Date().toISOString(), backend, detectors, ...tally, omitted: total - entries.length, seconds };
  await writeFile(file, renderReport(entries, summary));
}

function say(tally: Tally, skipped: number, seconds: number, options: DetectCommandOptions): void {
  const parts = [`${tally.judged} judged in ${seconds.toFixed(1)} s: ${tally.synthetic} synthetic, ${tally.real} real, ${tally.inconclusive} inconclusive`];
  if (tally.failed) parts.push(`${tally.failed} could not be judged`);
  if (skipped) parts.push(`${skipped} other files skipped`);
  if (options.report) parts.push(`report: ${options.report}`);
  if (options.explain) parts.push(`evidence: ${options.explain}`);
  console.error(parts.join(' · '));
}
