import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type ImportableFiles, messageOf, SyntraceError } from '@syntrace/core';
import { walkFiles } from '@syntrace/datasets';

/** The files of a folder, at any depth, that an import reads, by their path in it with `/`. @throws CHECKPOINT_INVALID for what cannot be read */
export async function filesIn(folder: string, { reads }: Pick<ImportableFiles, 'reads'>): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const found of walkFiles(folder)) {
    if ('error' in found)
      throw new SyntraceError('CHECKPOINT_INVALID', { file: found.folder, detail: `it cannot be read (${messageOf(found.error)})` }, found.error);
    const name = relative(folder, found.path).split(sep).join('/');
    if (reads(name) && !found.broken) files.set(name, await readFile(join(folder, name)));
  }
  return files;
}
