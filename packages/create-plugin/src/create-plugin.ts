import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kind } from './kinds.js';
import { manifestOf } from './manifest.js';
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
  /** The ONNX file of the kind `onnx`. Default: a tiny example, which judges nothing. */
  readonly model?: string;
  /** A folder with packed Syntrace packages, to be taken in the place of published ones. */
  readonly packages?: string;
}

const templates = fileURLToPath(new URL('../templates', import.meta.url));
const MODEL = join('model', 'model.onnx');

/** Writes the package and tells what it wrote, relative to its folder. @throws an error for a wrong name and for a folder that holds something */
export async function createPlugin({ name, kind, folder, author, model, packages }: NewPlugin): Promise<readonly string[]> {
  const problem = nameProblem(name);
  if (problem) throw new Error(`"${name}" is no package name: ${problem}`);
  if (model !== undefined && kind !== 'onnx') throw new Error(`a model is for the kind onnx, not for ${kind}`);
  const held = await readdir(folder).catch(() => []);
  if (held.length > 0) throw new Error(`${folder} is not empty: it holds ${held.slice(0, 3).join(', ')}`);
  const ours = await ownPackages(folder, packages);
  const onnx = kind === 'onnx' ? await readFile(model ?? join(templates, 'onnx', MODEL)) : undefined;
  const values: Readonly<Record<string, string>> = {
    NAME: name,
    ID: idOf(name),
    AUTHOR: author,
    YEAR: String(new Date().getFullYear()),
    CORE: ours['@syntrace/core']!,
    KERNELS_WASM: ours['@syntrace/kernels-wasm']!,
    TESTKIT: ours['@syntrace/testkit']!,
    SHA256: onnx ? createHash('sha256').update(onnx).digest('hex') : '',
  };
  const files = new Map<string, Uint8Array | string>();
  // What a kind has of its own comes second and takes the place of the common file.
  for (const root of ['common', kind].map(part => join(templates, part)))
    for (const file of await filesBelow(root)) files.set(placeOf(relative(root, file)), filled(await readFile(file, 'utf8'), values));
  if (onnx) files.set(MODEL, onnx);
  const manifest = manifestOf(kind, JSON.parse(files.get('package.json') as string), ours);
  files.set('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
  for (const [place, content] of files) {
    await mkdir(dirname(join(folder, place)), { recursive: true });
    await writeFile(join(folder, place), content);
  }
  return [...files.keys()].sort();
}

/** npm leaves .gitignore out of packages and reads a package.json as one, so templates have other names for both; dots begin with an underscore. */
const placeOf = (path: string): string => path.replace(/(^|[\\/])_/g, '$1.').replace(/\.tpl$/, '');

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/__([A-Z]+(?:_[A-Z]+)*|SHA256)__/g, (all, key: string) => values[key] ?? all);

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

/** What stands for the versions of our packages: this release's, or packed files. */
async function ownPackages(folder: string, packages: string | undefined): Promise<Readonly<Record<string, string>>> {
  if (!packages) return Object.fromEntries(Object.entries(SYNTRACE_VERSIONS).map(([name, version]) => [name, `^${version}`]));
  const files = await readdir(packages);
  return Object.fromEntries(
    Object.keys(SYNTRACE_VERSIONS).map(name => {
      const file = files.find(each => new RegExp(`^${name.replace('@', '').replace('/', '-')}-\\d.*\\.tgz$`).test(each));
      if (!file) throw new Error(`${packages} holds no packed ${name}`);
      return [name, `file:${relative(resolve(folder), resolve(packages, file))}`];
    }),
  );
}

export const defaultFolder = (name: string): string => basename(name);
