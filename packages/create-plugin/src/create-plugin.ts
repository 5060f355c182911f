import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kind } from './kinds.js';
import { idOf, nameProblem } from './names.js';

declare const SYNTRACE_VERSIONS: Readonly<Record<string, string>>;

/** A plugin to be made. */
export interface NewPlugin {
  /** Name of its package. */
  readonly name: string;
  readonly kind: Kind;
  /** Must be new or empty. */
  readonly folder: string;
  /** For the licence. */
  readonly author: string;
  /** A folder with packed Syntrace packages, to be taken in the place of published ones. */
  readonly packages?: string;
}

const templates = fileURLToPath(new URL('../templates', import.meta.url));

/** Writes the package and tells what it wrote, relative to its folder. @throws an error for a wrong name and for a folder that holds something */
export async function createPlugin({ name, kind, folder, author, packages }: NewPlugin): Promise<readonly string[]> {
  const problem = nameProblem(name);
  if (problem) throw new Error(`"${name}" is no package name: ${problem}`);
  const held = await readdir(folder).catch(() => []);
  if (held.length > 0) throw new Error(`${folder} is not empty: it holds ${held.slice(0, 3).join(', ')}`);
  const ours = await dependencies(folder, packages);
  const values: Readonly<Record<string, string>> = { NAME: name, ID: idOf(name), AUTHOR: author, YEAR: String(new Date().getFullYear()), ...ours };
  // The example of a backend stands on another one; detectors get theirs from whoever runs them.
  const needs = kind === 'kernels' ? { '@syntrace/kernels-wasm': ours.KERNELS_WASM } : {};
  const written: string[] = [];
  for (const root of ['common', kind].map(part => join(templates, part))) {
    for (const file of await filesBelow(root)) {
      const place = placeOf(relative(root, file));
      await mkdir(dirname(join(folder, place)), { recursive: true });
      await writeFile(join(folder, place), filled(await readFile(file, 'utf8'), { ...values, DEPENDENCIES: JSON.stringify(needs) }));
      written.push(place);
    }
  }
  return written.sort();
}

/** npm leaves .gitignore out of packages and reads a package.json as one, so templates have other names for both; dots begin with an underscore. */
const placeOf = (path: string): string => path.replace(/(^|[\\/])_/g, '$1.').replace(/\.tpl$/, '');

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/__([A-Z]+(?:_[A-Z]+)*)__/g, (all, key: string) => values[key] ?? all);

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

/** What stands for the versions of our packages: this release's, or packed files. */
async function dependencies(folder: string, packages: string | undefined): Promise<Record<string, string>> {
  const keys = { '@syntrace/core': 'CORE', '@syntrace/kernels-wasm': 'KERNELS_WASM', '@syntrace/testkit': 'TESTKIT' };
  const files = packages ? await readdir(packages) : [];
  return Object.fromEntries(
    Object.entries(keys).map(([name, key]) => {
      if (!packages) return [key, `^${SYNTRACE_VERSIONS[name]}`];
      const file = files.find(each => each.startsWith(`${name.replace('@', '').replace('/', '-')}-`) && each.endsWith('.tgz'));
      if (!file) throw new Error(`${packages} holds no packed ${name}`);
      return [key, `file:${relative(resolve(folder), resolve(packages, file))}`];
    }),
  );
}

export const defaultFolder = (name: string): string => basename(name);
