import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

const PICTURES = /\.(jpe?g|png|webp|gif|tiff?|avif)$/i;

/** A picture with the folders between the root and itself. */
export interface FoundPicture {
  readonly path: string;
  readonly folders: readonly string[];
}

/** Pictures below a folder, by code point order, as a stream; loops of links end. `onUnreadable` hears of folders that cannot be listed. */
export async function* walkPictures(root: string, onUnreadable: (folder: string, error: unknown) => void): AsyncGenerator<FoundPicture> {
  yield* walk(root, [], new Set(), onUnreadable);
}

async function* walk(
  folder: string,
  folders: readonly string[],
  above: ReadonlySet<string>,
  onUnreadable: (folder: string, error: unknown) => void,
): AsyncGenerator<FoundPicture> {
  const listing = await list(folder).catch(error => {
    onUnreadable(folder, error);
    return null;
  });
  if (!listing || above.has(listing.real)) return;
  const below = new Set([...above, listing.real]);
  for (const entry of listing.entries) {
    const path = join(folder, entry.name);
    const target = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry;
    if (target?.isDirectory()) yield* walk(path, [...folders, entry.name], below, onUnreadable);
    else if (target?.isFile() && PICTURES.test(entry.name)) yield { path, folders };
  }
}

async function list(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  return { real: await realpath(folder), entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
