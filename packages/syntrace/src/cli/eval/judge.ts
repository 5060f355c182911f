import { basename } from 'node:path';
import { type Detection, isFailure, type Judgement, type Outcome } from '@syntrace/core';
import { type DatasetItem, type Perturbation, perturbedInput } from '@syntrace/datasets';
import type { PictureFile } from '@syntrace/evaluation';
import type { Session } from '../open-session.js';
import { startProgress } from '../progress.js';
import { appearanceIn } from './appearance.js';
import type { ScoreCache } from './score-cache.js';

/** What was said of one picture under one condition, or why nothing. */
export interface PictureEntry {
  readonly path: string;
  readonly condition: string;
  /** In the order of the ids that were asked. */
  readonly detections: readonly Detection[];
  /** What its file is like, for the statement about the set. */
  readonly file: PictureFile | null;
  readonly error?: string;
}

export interface Judging {
  readonly session: Session;
  readonly ids: readonly string[];
  readonly cache: ScoreCache | null;
  readonly signal: AbortSignal;
}

/** A picture with the hash of its content. */
export interface HashedItem extends DatasetItem {
  readonly hash: string | null;
}

/** Asks every detector about every picture, but for what is known already. Pictures are decoded once for all detectors that lack an answer. `taken` gets each
 *  entry as it is finished. In the order of the items. */
export async function judgeAll(
  items: readonly HashedItem[],
  perturbation: Perturbation | null,
  judging: Judging,
  taken: (entry: PictureEntry) => void = () => {},
): Promise<readonly PictureEntry[]> {
  const condition = perturbation?.name ?? 'as stored';
  const progress = startProgress(condition, items.length);
  const entries = new Map<number, PictureEntry>();
  const done = (place: number, entry: PictureEntry) => {
    entries.set(place, entry);
    taken(entry);
    if (entry.error) progress.aside(() => console.error(entry.error));
    progress.step();
  };
  const known = items.map(item => knownOf(item, perturbation, judging));
  const lacking = new Map<string, number[]>();
  known.forEach((have, i) => {
    const missing = judging.ids.filter(id => !have.has(id));
    if (missing.length === 0) done(i, entryOf(items[i]!, condition, judging.ids, have));
    else lacking.set(missing.join('\n'), [...(lacking.get(missing.join('\n')) ?? []), i]);
  });
  try {
    for (const [missing, places] of lacking) await judgeMissing(missing.split('\n'), places, { items, perturbation, condition, judging, known }, done);
  } finally {
    progress.stop();
  }
  return items.map((_, i) => entries.get(i)!);
}

type Answers = Map<string, { readonly detection: Detection; readonly file: PictureFile }>;

interface Work {
  readonly items: readonly HashedItem[];
  readonly perturbation: Perturbation | null;
  readonly condition: string;
  readonly judging: Judging;
  readonly known: readonly Answers[];
}

/** All together first, so that they share decoding and intermediates. One that is an ensemble itself then answers through its members, and is asked alone. */
async function judgeMissing(missing: readonly string[], places: readonly number[], work: Work, done: (place: number, entry: PictureEntry) => void) {
  const { items, perturbation, condition, judging, known } = work;
  const failed = new Set<number>();
  for (const ids of missing.length > 1 ? [missing, ...missing.map(id => [id])] : [missing]) {
    const open = places.filter(place => !failed.has(place) && ids.some(id => !known[place]!.has(id)));
    if (open.length === 0) continue;
    for await (const { place, outcome } of outcomesOf(ids, open, work)) {
      const item = items[place]!;
      if (isFailure(outcome)) {
        failed.add(place);
        done(place, { path: item.path, condition, detections: [], file: null, error: `${outcome.error.code} ${outcome.error.message}` });
        continue;
      }
      const file = fileOf(outcome);
      for (const detection of detectionsOf(outcome, ids, judging.session)) {
        known[place]!.set(detection.id, { detection, file });
        keep(item, detection, file, perturbation, judging.cache);
      }
      if (missing.every(id => known[place]!.has(id))) done(place, entryOf(item, condition, judging.ids, known[place]!));
    }
  }
}

async function* outcomesOf(
  ids: readonly string[],
  places: readonly number[],
  { items, perturbation, judging }: Work,
): AsyncGenerator<{ readonly place: number; readonly outcome: Outcome }> {
  const { syntrace, limits } = judging.session;
  const kernels = await syntrace.kernels();
  const sources = places.map(place => (perturbation ? perturbedInput(items[place]!.path, perturbation, kernels, limits) : items[place]!.path));
  for await (const outcome of syntrace.detectAll(sources, { detectors: ids, signal: judging.signal })) yield { place: places[outcome.index]!, outcome };
}

/** Answers by detector: of one alone the outcome itself, of several those that are listed. */
function detectionsOf(outcome: Judgement, ids: readonly string[], { syntrace }: Session): readonly Detection[] {
  const found = ids.flatMap(id => outcome.detectors.find(each => each.id === id) ?? []);
  if (ids.length > 1 || found.length === 1) return found.map(slim);
  const { score, probability, threshold, verdict, realShare, warnings } = outcome;
  const ms = outcome.detectors.reduce((sum, each) => sum + each.ms, 0);
  const [id] = ids as [string];
  return [{ id, version: syntrace.registry.versionOf(id), ms, score, probability, threshold, verdict, realShare, warnings, evidence: null }];
}

/** Without evidence but what figures need: a cache holds many. */
function slim({ id, version, ms, score, probability, threshold, verdict, realShare, warnings, evidence }: Detection): Detection {
  const kept = appearanceIn({ id, evidence } as Detection) ?? classesIn(evidence);
  return { id, version, ms: Math.round(ms * 1000) / 1000, score, probability, threshold, verdict, realShare, warnings, evidence: kept };
}

interface Named {
  readonly classes: readonly { readonly name: string; readonly probability: number }[];
}

function classesIn(evidence: unknown): Named | null {
  const classes = (evidence as Partial<Named> | null)?.classes;
  return Array.isArray(classes) && classes.length > 0 && classes.every(each => typeof each?.name === 'string') ? { classes } : null;
}

/** What detectors that name sources took a picture for; nothing where none does. */
export function namedBy(detections: readonly Detection[]): string | null {
  const named = detections.flatMap(({ evidence }) => classesIn(evidence) ?? [])[0];
  return named ? named.classes.reduce((best, each) => (each.probability > best.probability ? each : best)).name : null;
}

const fileOf = ({ width, height, source: { format, jpeg, bytes } }: Judgement): PictureFile => ({ width, height, source: { format, jpeg, bytes } });

function entryOf({ path }: HashedItem, condition: string, ids: readonly string[], answers: Answers): PictureEntry {
  const all = ids.map(id => answers.get(id)!);
  return { path, condition, detections: all.map(({ detection }) => detection), file: all[0]!.file };
}

/** Noise is drawn by the picture's name, so that belongs to it. */
function keyOf({ hash, path }: HashedItem, perturbation: Perturbation | null): string | null {
  if (hash === null) return null;
  return `${hash} ${perturbation?.name ?? ''}${perturbation?.kind === 'noise' ? ` ${basename(path)}` : ''}`;
}

function knownOf(item: HashedItem, perturbation: Perturbation | null, { ids, cache }: Judging): Answers {
  const key = keyOf(item, perturbation);
  return new Map(
    ids.flatMap(id => {
      const kept = key === null ? undefined : cache?.get(id, key);
      return kept?.file ? [[id, { detection: kept.detection, file: kept.file }] as const] : [];
    }),
  );
}

function keep(item: HashedItem, detection: Detection, file: PictureFile, perturbation: Perturbation | null, cache: ScoreCache | null): void {
  const key = keyOf(item, perturbation);
  // A failure may be gone the next time.
  if (key !== null && !detection.warnings.some(({ code }) => code === 'DETECTOR_FAILED')) cache?.add(key, detection, file);
}
