import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Detection } from '@syntrace/core';
import { Journal } from '../journal.js';
import type { Session } from '../open-session.js';
import type { PictureEntry } from './judge.js';

interface Kept {
  /** Content and perturbation of the picture. */
  readonly key: string;
  readonly detection: Detection;
  readonly file: PictureEntry['file'];
}

/** Scores that were computed before: a journal for each detector, version and weights, in it a line for each content and perturbation. Other metrics, other
 *  ensembles and other thresholds of ensembles need no picture again. */
export class ScoreCache {
  private constructor(private readonly journals: ReadonlyMap<string, Journal<Kept>>) {}

  /** @throws USAGE for a folder that cannot be written or holds something else */
  static async open(folder: string, session: Session, ids: readonly string[], more: Readonly<Record<string, unknown>>): Promise<ScoreCache> {
    const journals = new Map<string, Journal<Kept>>();
    for (const id of ids) {
      const settings = await settingsOf(id, session, more);
      const file = join(folder, `${id.replace(/[^\w.-]+/g, '_')}-${settings}.ndjson`);
      journals.set(id, await Journal.open<Kept>(file, settings, ({ key }) => key));
    }
    return new ScoreCache(journals);
  }

  get(id: string, key: string): Kept | undefined {
    return this.journals.get(id)?.get(key);
  }

  add(key: string, detection: Detection, file: Kept['file']): void {
    this.journals.get(detection.id)?.add({ key, detection, file });
  }

  close(): void {
    for (const journal of this.journals.values()) journal.close();
  }
}

/** What a detector's answers depend on: its version, its card with the checksums of its files, and how it was told to look. */
async function settingsOf(id: string, { syntrace, loadAsset }: Session, more: Readonly<Record<string, unknown>>): Promise<string> {
  const card = (await syntrace.registry.detector(id).card?.({ loadAsset })) ?? null;
  return createHash('sha256')
    .update(JSON.stringify({ id, version: syntrace.registry.versionOf(id), card, ...more }))
    .digest('hex')
    .slice(0, 16);
}
