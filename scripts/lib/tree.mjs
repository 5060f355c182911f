// The tree's files as git knows them, and what they hold in one number.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './process.mjs';

export const sha256 = data => createHash('sha256').update(data).digest('hex');

/** Every file of the tree that git does not ignore, committed or not; `undefined` where git is missing. */
export async function treeFiles() {
  const { code, stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  if (code !== 0) return undefined;
  const files = [...new Set(stdout.split('\0').filter(Boolean))].sort();
  return files.filter(path => existsSync(join(root, path)) && lstatSync(join(root, path)).isFile());
}

/** One hash over the files whose path begins so, and over `more`; `undefined` where git is missing. */
export async function hashOf(starts, more = []) {
  const files = (await treeFiles())?.filter(path => starts.some(start => path.startsWith(start)));
  return files && sha256(JSON.stringify([more, files.map(path => [path, sha256(readFileSync(join(root, path)))])]));
}
