import { join } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { contentHashes, type Dataset, openDataset, type Perturbation, parsePerturbations } from '@syntrace/datasets';
import {
  biasStatement,
  type EvaluationResult,
  evaluate,
  evaluationTable,
  fileCollector,
  generatorTable,
  PUBLISHED_TABLES,
  type PublishedTable,
  type Shortcut,
} from '@syntrace/evaluation';
import { fingerprint } from '../fingerprint.js';
import { interruptSignal } from '../interrupt.js';
import { Journal } from '../journal.js';
import { publishedLook } from '../look.js';
import { openSession, type SessionOptions } from '../open-session.js';
import { evaluationGrid, generatorGrid } from '../output/evaluation-grid.js';
import { prepareFolder } from '../output/prepare.js';
import { sayDataset } from '../output/say-dataset.js';
import { APPEARANCE, appearancePlugin } from './appearance.js';
import { type Audit, duplicatesIn, shortcutsIn } from './audit.js';
import { type HashedItem, type Judging, judgeAll, type PictureEntry } from './judge.js';
import { sayAudit, sayShortcuts } from './say-audit.js';
import { ScoreCache } from './score-cache.js';
import { chosenMembers, isRegistered, rowOf, type ScoredRow, type SeriesOptions, seriesOf } from './series.js';
import { comparison, writeResults } from './write-results.js';

export interface EvalOptions extends SessionOptions, SeriesOptions {
  readonly perturb?: readonly string[];
  readonly layout?: string;
  readonly compat?: boolean;
  readonly compare?: boolean;
  /** false: neither the same JPEG on both classes nor an audit is added. */
  readonly jpeg: boolean;
  readonly audit: boolean;
  readonly cache?: string | false;
  readonly out?: string;
  readonly json?: boolean;
  readonly resume?: string;
  readonly seed: number;
}

/** What both classes get where the user names no JPEG: a detector that only sees the last encode then drops to chance. */
const SAME_JPEG = 'jpeg:90';

/** Judges every picture as stored and after each perturbation; figures at the shipped threshold, per generator, with intervals; what the set itself gives away first. */
export async function evalCommand(path: string, options: EvalOptions): Promise<void> {
  const perturbations = perturbationsOf(options);
  if (options.out) await prepareFolder(options.out);
  const dataset = await openDataset(path, options.layout === undefined ? {} : { layout: options.layout });
  sayDataset(dataset);
  const published = options.compare ? publishedFor(dataset.layout.id) : null;
  const session = await openSession(options.compat ? { ...options, look: publishedLook(dataset.layout.id) } : options);
  const { syntrace } = session;
  if (!isRegistered(syntrace, APPEARANCE)) syntrace.use(appearancePlugin());
  const series = seriesOf(session, options);
  const ids = [...new Set([...chosenMembers(session).ids, ...(options.audit || options.baseline ? [APPEARANCE] : [])])];
  const look = options.compat || options.look ? { look: options.look ?? 'compat' } : {};
  const folder = options.cache ?? (options.cache !== false && options.out ? join(options.out, 'scores') : null);
  const cache = folder ? await ScoreCache.open(folder, session, ids, look) : null;
  const journal = options.resume ? await Journal.open<PictureEntry>(options.resume, await fingerprint(session, { ...look, ids }), entryKey) : null;
  const judging: Judging = { session, ids, cache, signal: interruptSignal() };
  const shortcuts: Record<string, readonly Shortcut[]> = {};
  const judged = new Map<Perturbation | null, readonly PictureEntry[]>();
  let audit: Audit | null = null;
  try {
    const hashes = cache ? await contentHashes(dataset.items.map(item => item.path)) : [];
    const items = dataset.items.map((item, i): HashedItem => ({ ...item, hash: hashes[i] ?? null }));
    for (const perturbation of [null, ...perturbations]) {
      const entries = await judgeNew(items, perturbation, judging, journal);
      judged.set(perturbation, entries);
      if (options.audit) shortcuts[perturbation?.name ?? 'as stored'] = await shortcutsIn(items, entries, options.seed);
    }
    if (options.audit) audit = { shortcuts, ...(await duplicatesIn(dataset, judged.get(null)!, judging)) };
  } finally {
    journal?.close();
    cache?.close();
    await syntrace.close();
  }
  const results: EvaluationResult[] = [];
  const rows: ScoredRow[] = [];
  for (const each of series) {
    for (const [perturbation, entries] of judged) {
      const scored = entries.flatMap((entry, i) => rowOf(entry, dataset.items[i]!, each) ?? []);
      if (scored.length === 0) continue;
      const condition = perturbation?.name ?? 'as stored';
      const name = each.label ? `${each.label}, ${condition}` : condition;
      rows.push(...scored.map(row => ({ ...row, condition: name })));
      results.push(
        evaluate(scored, {
          name,
          condition: { series: each.label, perturbation: perturbation && { kind: perturbation.kind, strength: perturbation.strength } },
          seed: options.seed,
          failed: entries.length - scored.length,
          files: filesOf(dataset, entries),
          ...(shortcuts[condition] && { shortcuts: shortcuts[condition] }),
        }),
      );
    }
  }
  if (results[0]?.files) console.error(biasStatement(results[0].files).sentences[0]);
  if (audit) sayAudit(audit);
  if (options.out) await writeResults(options.out, results, rows, published, audit);
  if (options.json) console.log(JSON.stringify(results, null, 2));
  else for (const result of results) say(result, published, options);
  const failed = [...judged.values()].flat().filter(entry => entry.error).length;
  process.exitCode = failed + dataset.unreadable.length > 0 ? 1 : 0;
}

function say(result: EvaluationResult, published: PublishedTable | null, { compat }: EvalOptions): void {
  console.log(`${result.name}\n${evaluationGrid(evaluationTable(result))}`);
  console.log(result.shortcuts ? `${sayShortcuts(result.shortcuts)}\n` : '');
  if (compat || published) console.log(`${comparison(published)}\n${generatorGrid(generatorTable(result, published))}\n`);
}

function perturbationsOf({ perturb = [], jpeg, compat, compare }: EvalOptions): readonly Perturbation[] {
  const given = perturb.flatMap(parsePerturbations);
  const unique = given.filter(({ name }, i) => given.findIndex(each => each.name === name) === i);
  // A published protocol is kept as it is.
  const added = !jpeg || compat || compare || unique.some(({ kind }) => kind === 'jpeg') ? [] : parsePerturbations(SAME_JPEG);
  return [...added, ...unique];
}

const entryKey = ({ condition, path }: Pick<PictureEntry, 'condition' | 'path'>): string => `${condition}\n${path}`;

/** As `judgeAll`, but for what the journal of an interrupted run holds. */
async function judgeNew(items: readonly HashedItem[], perturbation: Perturbation | null, judging: Judging, journal: Journal<PictureEntry> | null) {
  const condition = perturbation?.name ?? 'as stored';
  const kept = items.map(({ path }) => journal?.get(entryKey({ condition, path })));
  const fresh = await judgeAll(
    items.filter((_, i) => !kept[i]),
    perturbation,
    judging,
    entry => journal?.add(entry),
  );
  for (const entry of kept) if (entry?.error) console.error(entry.error);
  let next = 0;
  return items.map((_, i) => kept[i] ?? fresh[next++]!);
}

function filesOf({ items }: Dataset, entries: readonly PictureEntry[]) {
  const files = fileCollector();
  entries.forEach(({ file }, i) => {
    if (file) files.add(items[i]!.label, file);
  });
  return files.summary();
}

/** @throws USAGE for a layout without a published table */
function publishedFor(layout: string): PublishedTable {
  const table = PUBLISHED_TABLES.find(each => each.layout === layout);
  if (table) return table;
  const known = PUBLISHED_TABLES.map(each => each.layout).join(', ');
  throw new SyntraceError('USAGE', { detail: `--compare: there is no published table for the layout ${layout}; those that have one: ${known} (--layout)` });
}
