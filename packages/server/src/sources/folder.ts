import { readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { SyntraceError } from '@syntrace/core';

/** Pictures by their names; what such a file really is, the decoder says. */
const PICTURE = /\.(jpe?g|png|webp|gif|tiff?|avif)$/i;

/** The real path behind a name, if it lies in one of the allowed folders: `..`, absolute paths and symbolic links are followed first. @throws SOURCE_REFUSED */
export async function allowedPath(path: string, allowed: readonly string[]): Promise<string> {
  const refuse = (detail: string) => new SyntraceError('SOURCE_REFUSED', { source: path, detail });
  if (allowed.length === 0) throw refuse('no folder is allowed');
  if (path.includes('\0')) throw refuse('its name holds a zero byte');
  // A relative name is one below the first allowed folder.
  const wanted = isAbsolute(path) ? path : resolve(allowed[0]!, path);
  const roots = await Promise.all(allowed.map(root => realpath(root).catch(() => undefined)));
  const real = await realpath(wanted).catch(() => undefined);
  // Not said whether it exists: that is none of the asker's business outside of the allowed folders.
  if (real === undefined || !roots.some(root => root !== undefined && isInside(real, root)))
    throw refuse('it is in no folder that is allowed, or does not exist');
  return real;
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
}

/** Pictures of a folder at any depth after a relative name, in a fixed order; symbolic links are left out. Memory: the names of the folders on the way. */
export async function* walk(root: string, after: string): AsyncGenerator<string> {
  yield* below(root, '', after);
}

async function* below(root: string, folder: string, after: string): AsyncGenerator<string> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  // Folders compare as if their names ended with the separator, so that the order is that of the whole relative names.
  const named = entries.map(entry => ({ entry, name: entry.isDirectory() ? `${entry.name}/` : entry.name })).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { entry, name } of named) {
    const path = folder + name;
    if (entry.isDirectory()) {
      if (path > after || after.startsWith(path)) yield* below(root, path, after);
    } else if (entry.isFile() && PICTURE.test(name) && path > after) yield path;
  }
}

export const isPictureName = (name: string): boolean => PICTURE.test(name);
