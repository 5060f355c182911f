import { createHash } from 'node:crypto';
import { type EnsembleMember, SyntraceError } from '@syntrace/core';
import { contentHashes, type DatasetItem, openDataset, type Perturbation, parsePerturbations, type Split } from '@syntrace/datasets';
import type { MemberRow } from '@syntrace/evaluation';
import { interruptSignal } from '../interrupt.js';
import type { Session } from '../open-session.js';
import { sayDataset } from '../output/say-dataset.js';
import { type HashedItem, type Judging, judgeAll } from './judge.js';
import { ScoreCache } from './score-cache.js';

export interface JudgedSetsOptions {
  readonly perturb?: readonly string[];
  readonly layout?: string;
  readonly split?: string;
  readonly cache?: string | false;
}

/** A picture under one condition, with what each detector said of it. */
export interface JudgedRow extends MemberRow {
  readonly path: string;
  readonly set: string;
  readonly condition: string;
}

/** What something was fitted on, as artifacts name it. */
export interface FittedOn {
  readonly name: string;
  readonly split: Split | null;
  readonly conditions: readonly string[];
  readonly real: number;
  readonly synthetic: number;
  /** SHA-256 of the sorted SHA-256 of the files. */
  readonly sha256: string;
}

export interface JudgedSets {
  readonly rows: readonly JudgedRow[];
  readonly data: readonly FittedOn[];
  readonly failed: number;
}

/** Splits that fits may use, the first that a set has; one without splits is taken whole. */
const FITTING: readonly Split[] = ['val'];

/** What detectors say of the pictures of one split of some sets, as stored and after perturbations. @throws USAGE, DATASET_INVALID */
export async function judgedSets(paths: readonly string[], session: Session, ids: readonly string[], options: JudgedSetsOptions): Promise<JudgedSets> {
  const perturbations: readonly (Perturbation | null)[] = [null, ...(options.perturb ?? []).flatMap(parsePerturbations)];
  const cache = options.cache ? await ScoreCache.open(options.cache, session, ids, {}) : null;
  const judging: Judging = { session, ids, cache, signal: interruptSignal() };
  const rows: JudgedRow[] = [];
  const data: FittedOn[] = [];
  let failed = 0;
  try {
    for (const path of paths) {
      const { name, split, items } = await splitItems(path, options);
      const conditions = perturbations.map(each => each?.name ?? 'as stored');
      const hashes = items.map(({ hash }) => hash ?? '').sort();
      const real = items.filter(({ label }) => label === 0).length;
      const sha256 = createHash('sha256').update(hashes.join('\n')).digest('hex');
      data.push({ name, split, conditions, real, synthetic: items.length - real, sha256 });
      for (const perturbation of perturbations) {
        const entries = await judgeAll(items, perturbation, judging);
        entries.forEach(({ error, detections, condition }, i) => {
          const { label, group } = items[i]!;
          if (error) failed++;
          else rows.push({ label, group, detections, path: items[i]!.path, set: name, condition });
        });
      }
    }
  } finally {
    cache?.close();
  }
  return { rows, data, failed };
}

async function splitItems(path: string, { layout, split }: JudgedSetsOptions) {
  const dataset = await openDataset(path, layout === undefined ? {} : { layout });
  sayDataset(dataset);
  const wanted = split === undefined ? (FITTING.find(each => dataset.splits.includes(each)) ?? null) : splitNamed(split, dataset.splits, path);
  const chosen: readonly DatasetItem[] = wanted === null ? dataset.items : dataset.items.filter(item => item.split === wanted);
  const hashes = await contentHashes(chosen.map(item => item.path));
  return { name: dataset.name, split: wanted, items: chosen.map((item, i): HashedItem => ({ ...item, hash: hashes[i]! })) };
}

function splitNamed(split: string, known: readonly Split[], path: string): Split {
  const found = known.find(each => each === split);
  if (found) return found;
  throw new SyntraceError('USAGE', { detail: `--split ${split}: ${path} has ${known.length > 0 ? known.join(', ') : 'no splits'}` });
}

/** Detectors as members, those that rest on a declaration as evidence. */
export const membersOf = ({ syntrace }: Session, ids: readonly string[]): readonly Pick<EnsembleMember, 'id' | 'role'>[] =>
  ids.map(id => ({ id, ...(syntrace.registry.detector(id).restsOn === 'declaration' && { role: 'evidence' as const }) }));
