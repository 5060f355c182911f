import { contentHashes, type HashOptions } from '../hash.js';
import type { ClassedPicture } from './plan.js';

/** The first of files with the same bytes; files that cannot be read stay, to fail by themselves. O(bytes) reading. */
export async function withoutDuplicates(
  pictures: readonly ClassedPicture[],
  options: Pick<HashOptions, 'concurrency' | 'signal'> & { readonly onProgress?: (phase: string, done: number, total: number) => void },
): Promise<{ readonly pictures: readonly ClassedPicture[]; readonly dropped: number }> {
  const { concurrency, signal } = options;
  const paths = pictures.map(({ path }) => path);
  const hashes = await contentHashes(paths, {
    ...(concurrency && { concurrency }),
    ...(signal && { signal }),
    onProgress: (done, total) => options.onProgress?.('hashes', done, total),
  });
  const seen = new Set<string>();
  const kept = pictures.filter((_, i) => {
    const hash = hashes[i];
    if (!hash) return true;
    if (seen.has(hash)) return false;
    seen.add(hash);
    return true;
  });
  return { pictures: kept, dropped: pictures.length - kept.length };
}
