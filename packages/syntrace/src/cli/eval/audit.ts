import { dirname, join } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { contentHashes, type Dataset, type DatasetItem, openDataset } from '@syntrace/datasets';
import { type AuditedPicture, type NearDuplicate, nearDuplicates, type Shaped, type Shortcut, shortcutsOf } from '@syntrace/evaluation';
import { lazyLearners } from '../../learners.js';
import { APPEARANCE, appearanceIn } from './appearance.js';
import { type Judging, judgeAll, type PictureEntry } from './judge.js';

/** What the audit of a set holds beside the statement about its files. */
export interface Audit {
  /** By condition. */
  readonly shortcuts: Readonly<Record<string, readonly Shortcut[]>>;
  readonly nearDuplicates: readonly NearDuplicate[];
  /** Folders whose pictures were compared beside those of the set. */
  readonly compared: readonly string[];
}

/** More pictures than these are not looked through for near-duplicates. */
const LIMIT = 20_000;
const SPLITS = ['train', 'val', 'test'] as const;

/** Classifiers that cannot see how a picture was made, on pictures under one condition. */
export function shortcutsIn(items: readonly DatasetItem[], entries: readonly PictureEntry[], seed: number): Promise<readonly Shortcut[]> {
  const pictures = items.flatMap(({ label, group }, i): AuditedPicture[] => {
    const { file, detections } = entries[i]!;
    return file ? [{ label, group, file, appearance: glanceIn(detections) }] : [];
  });
  return shortcutsOf(pictures, lazyLearners(), seed);
}

const glanceIn = (detections: PictureEntry['detections']) => detections.map(appearanceIn).find(Boolean) ?? null;

/** Pictures of this set that look like pictures of another split: of its own splits, or of the folders train, val and test beside it. */
export async function duplicatesIn(dataset: Dataset, stored: readonly PictureEntry[], judging: Judging): Promise<Pick<Audit, 'nearDuplicates' | 'compared'>> {
  const own = SPLITS.find(split => split === dataset.name) ?? null;
  const shaped = shapesOf(
    dataset.items.map(item => item.split ?? own),
    dataset.items,
    stored,
  );
  const compared: string[] = [];
  for (const split of own && dataset.splits.length === 0 ? SPLITS.filter(each => each !== own) : []) {
    const folder = join(dirname(dataset.root), split);
    const beside = await openDataset(folder).catch((error: unknown) => {
      if (SyntraceError.is(error, 'DATASET_INVALID')) return null;
      throw error;
    });
    if (!beside) continue;
    if (shaped.length + beside.items.length > LIMIT) {
      console.error(`${folder}: not looked through for near-duplicates, with more than ${LIMIT} pictures`);
      continue;
    }
    const hashes = await contentHashes(beside.items.map(({ path }) => path));
    const entries = await judgeAll(
      beside.items.map((item, i) => ({ ...item, hash: hashes[i]! })),
      null,
      { ...judging, ids: [APPEARANCE] },
    );
    shaped.push(
      ...shapesOf(
        beside.items.map(() => split),
        beside.items,
        entries,
      ),
    );
    compared.push(folder);
  }
  return { nearDuplicates: shaped.length <= LIMIT ? nearDuplicates(shaped) : [], compared };
}

function shapesOf(splits: readonly (string | null)[], items: readonly DatasetItem[], entries: readonly PictureEntry[]): Shaped[] {
  return items.flatMap(({ path, label }, i) => {
    const glance = glanceIn(entries[i]!.detections);
    return glance ? [{ path, label, split: splits[i]!, shape: glance.shape, contrast: glance.contrast }] : [];
  });
}
