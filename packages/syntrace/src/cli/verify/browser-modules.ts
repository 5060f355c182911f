import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { importsOf } from '@syntrace/testkit';
import { exports as entriesOf } from 'resolve.exports';

/** The modules that a browser would load of a plugin: its entry for browsers and what that imports from its own folder, by path. */
export async function browserModulesOf(file: string): Promise<ReadonlyMap<string, string>> {
  const modules = new Map<string, string>();
  const waiting = [await browserEntryOf(file)];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (modules.has(path)) continue;
    const source = await readFile(path, 'utf8');
    modules.set(path, source);
    for (const name of await importsOf(source)) if (/^\.{1,2}\//.test(name) && /\.m?js$/.test(name)) waiting.push(resolve(dirname(path), name));
  }
  return modules;
}

/** A package's entry under the condition `browser`; a file outside any package, or that its package does not export, is its own entry. */
async function browserEntryOf(file: string): Promise<string> {
  const folder = packageFolderOf(dirname(file));
  if (!folder) return file;
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { name?: string; exports?: unknown };
  if (!manifest.exports) return file;
  const [node, browser] = [{}, { browser: true }].map(conditions => entriesOf(manifest, '.', conditions)?.[0]);
  return browser && node && resolve(folder, node) === file ? resolve(folder, browser) : file;
}

function packageFolderOf(folder: string): string | undefined {
  if (existsSync(join(folder, 'package.json'))) return folder;
  return dirname(folder) === folder ? undefined : packageFolderOf(dirname(folder));
}
