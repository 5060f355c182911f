import { createHash } from 'node:crypto';
import type { BlockStore, ClusterSettings, Prepared } from '@syntrace/detector-noisescope';
import { Journal } from '../journal.js';
import type { Pile } from './gather.js';

type Block = Parameters<BlockStore['put']>[0];

/** Finished blocks of a pile in a journal, so that an interrupted run goes on with the next one. It belongs to these pictures, settings and reference.
 *  @throws USAGE */
export async function openBlockLog(
  file: string | undefined,
  settings: ClusterSettings,
  prepared: Prepared | null,
  { pictures, residuals }: Pile,
): Promise<(BlockStore & { close(): void }) | null> {
  if (file === undefined) return null;
  const names = pictures.flatMap(({ path, place }) => (typeof place === 'number' ? [path] : []));
  const { height, width } = residuals;
  const of = JSON.stringify({ settings, mergeThreshold: prepared?.mergeThreshold.value ?? null, height, width, names });
  const journal = await Journal.open(file, `noisescope blocks ${createHash('sha256').update(of).digest('hex')}`, ({ block }: Block) => String(block));
  return { get: block => journal.get(String(block)), put: block => journal.add(block), close: () => journal.close() };
}
