import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { isFailure, type Judgement, type Outcome, SyntraceError } from '@syntrace/core';
import { type ImageInput, nameOf } from '@syntrace/image-io';
import type { ReportEntry } from '../../report/entry.js';
import { renderReport } from '../../report/index.js';
import { isFailedRow, type Row, rowOf } from '../../rows.js';
import { expandInputs } from '../inputs.js';
import { interruptSignal } from '../interrupt.js';
import { Journal } from '../journal.js';
import { openSession, type Session, type SessionOptions } from '../open-session.js';
import { reportEntry, writeExplanations } from '../output/pictures.js';
import { type OutputFormat, rowSink } from '../output/sink.js';
import { startProgress } from '../progress.js';

export interface DetectCommandOptions extends SessionOptions {
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly csv?: boolean;
  readonly report?: string;
  readonly explain?: string;
  readonly threshold?: number;
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
  const { sources, skipped } = await expandInputs(paths);
  const session = await openSession(options);
  const journal = options.resume ? new Journal(options.resume, settingsOf(session, options)) : null;
  const sink = rowSink(formatOf(options));
  const progress = startProgress('judging', sources.length);
  const tally: Tally = { judged: 0, failed: 0, synthetic: 0, real: 0, inconclusive: 0 };
  const entries: ReportEntry[] = [];
  try {
    for await (const { row, judgement } of results(sources, session, journal, options)) {
      count(tally, row);
      sink.row(row);
      if (judgement && options.explain) await writeExplanations(options.explain, judgement);
      if (options.report && entries.length < REPORT_LIMIT) entries.push(await reportEntry(row, judgement));
      progress.step();
    }
  } finally {
    progress.stop();
    journal?.close();
  }
  sink.end();
  const seconds = (performance.now() - start) / 1000;
  if (options.report) await writeReport(options.report, entries, session, tally, sources.length, seconds);
  say(tally, skipped, seconds, options);
  await session.syntrace.close();
  process.exitCode = tally.failed > 0 ? 1 : 0;
}

interface Result {
  readonly row: Row;
  /** `null` for failures and for results that the journal already held. */
  readonly judgement: Judgement | null;
}

/** Results in input order; what the journal holds is not judged again. */
async function* results(
  sources: readonly ImageInput[],
  { syntrace, choice }: Session,
  journal: Journal | null,
  options: DetectCommandOptions,
): AsyncGenerator<Result> {
  const known = sources.map(source => journal?.get(nameOf(source)));
  const pending = sources.filter((_, i) => !known[i]);
  const wantPictures = Boolean(options.report || options.explain);
  const outcomes = syntrace.detectAll(pending, {
    ...choice,
    explain: wantPictures,
    ...(options.report && { thumbnail: THUMBNAIL_SIDE }),
    signal: interruptSignal(),
  });
  for (const row of known) {
    if (row) yield { row, judgement: null };
    else {
      const next = await outcomes.next();
      if (next.done) throw new SyntraceError('ABORTED');
      const fresh = resultOf(next.value, options);
      journal?.add(fresh.row);
      yield fresh;
    }
  }
}

const resultOf = (outcome: Outcome, { threshold }: DetectCommandOptions): Result => ({
  row: rowOf(outcome, threshold),
  judgement: isFailure(outcome) ? null : outcome,
});

const formatOf = ({ json, ndjson, csv }: DetectCommandOptions): OutputFormat => (ndjson ? 'ndjson' : json ? 'json' : csv ? 'csv' : 'table');

/** What results depend on, so that a journal is not continued with another choice. */
function settingsOf({ syntrace, choice }: Session, { threshold, weights }: DetectCommandOptions): string {
  const detectors = choice.ensemble ?? choice.detectors ?? syntrace.registry.listDetectors().map(detector => detector.id);
  const versions = syntrace.registry.listDetectors().map(detector => `${detector.id}@${syntrace.registry.versionOf(detector.id)}`);
  return createHash('sha256').update(JSON.stringify({ detectors, versions, threshold, weights })).digest('hex').slice(0, 16);
}

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
  const used = choice.ensemble?.members.map(member => member.id) ?? choice.detectors ?? syntrace.registry.listDetectors().map(detector => detector.id);
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
