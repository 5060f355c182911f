import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file, or a link that leads nowhere, with the folders between the root and itself. */
export interface FoundFile {
  readonly path: string;
  readonly folders: readonly string[];
  readonly broken: boolean;
}

/** A folder that could not be listed. */
export interface UnreadableFolder {
  readonly folder: string;
  readonly error: unknown;
}

/** Everything below a folder but folders, by code point order, as a stream; loops of links end. */
export const walkFiles = (root: string): AsyncGenerator<FoundFile | UnreadableFolder> => walk(root, [], new Set());

/** `above` holds the real paths of the folders on the way down. */
async function* walk(folder: string, folders: readonly string[], above: ReadonlySet<string>): AsyncGenerator<FoundFile | UnreadableFolder> {
  const listing = await list(folder).catch((error: unknown) => ({ folder, error }));
  if ('error' in listing) {
    yield listing;
    return;
  }
  if (above.has(listing.real)) return;
  const below = new Set([...above, listing.real]);
  for (const entry of listing.entries) {
    const path = join(folder, entry.name);
    const target = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry;
    if (target?.isDirectory()) yield* walk(path, [...folders, entry.name], below);
    else yield { path, folders, broken: target === null };
  }
}

async function list(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  return { real: await realpath(folder), entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
