// Results of test steps, kept until something that the step reads has changed.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { findChromium } from '../chromium.mjs';
import { listPackages } from '../packages.mjs';
import { root } from '../paths.mjs';
import { sha256, treeFiles } from '../tree.mjs';

const file = join(root, 'node_modules/.cache/syntrace/test-results.json');
/** What no test of a package reads, unless one of them names the folder. */
const apart = ['crates', 'docs', 'bench', 'examples'];
const never = ['.changeset/', '.github/'];
const isTest = path => /\/(test|e2e)\/|\.test\./.test(path);

export class KeptResults {
  #results;
  #hashes;
  #machine;

  /** `undefined` where git, which knows the tree's files, is missing. */
  static async open() {
    const files = await treeFiles();
    return files && new KeptResults(files);
  }

  constructor(files) {
    this.#hashes = new Map([...files, ...built()].map(path => [path, sha256(readFileSync(join(root, path)))]));
    this.#results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    this.#machine = machine();
  }

  /** The key of a step that reads every file but those in `without`. */
  key(name, reads = () => true) {
    const read = [...this.#hashes].filter(([path]) => !never.some(folder => path.startsWith(folder)) && reads(path));
    return sha256(JSON.stringify([name, this.#machine, read]));
  }

  /** What the tests of a package read: the workspace but for packages that it neither depends on nor names, and folders that no test names. */
  readsOf(packageName) {
    const packages = new Map(listPackages().map(each => [each.json.name, each]));
    const places = new Map([...packages.values()].map(each => [each.name, each.folder.slice(root.length + 1)]));
    const near = new Set();
    const visit = name => {
      const each = packages.get(name);
      if (!each || near.has(each.name)) return;
      near.add(each.name);
      const own = this.#textOf(path => path.startsWith(`${places.get(each.name)}/`));
      for (const group of ['dependencies', 'devDependencies', 'peerDependencies']) for (const other of Object.keys(each.json[group] ?? {})) visit(other);
      for (const [other, { name: short }] of packages) if (own.includes(`../${short}/`) || own.includes(`packages/${short}/`)) visit(other);
    };
    visit(packageName);
    const far = [...places].filter(([short]) => !near.has(short)).map(([, place]) => `${place}/`);
    const tests = this.#textOf(path => path.startsWith(`${places.get(packages.get(packageName).name)}/`) && isTest(path));
    const unnamed = apart.filter(folder => !new RegExp(`\\b${folder}[/-]`).test(tests));
    const unread = [...far, ...unnamed.map(folder => `${folder}/`)];
    return path => !unread.some(folder => path.startsWith(folder));
  }

  #textOf(wanted) {
    const sources = [...this.#hashes.keys()].filter(path => wanted(path) && /\.[cm]?[jt]sx?$/.test(path));
    return sources.map(path => readFileSync(join(root, path), 'utf8')).join('\n');
  }

  get(key) {
    return this.#results[key];
  }

  /** Keeps the result of a step in which nothing failed. */
  put(name, key, results) {
    const others = Object.entries(this.#results).filter(([, kept]) => kept.name !== name);
    this.#results = Object.fromEntries([...others, [key, { name, date: new Date().toISOString(), results }]]);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(this.#results));
  }
}

/** Addons and rebuilt WASM: built from the tree, ignored by git, read by tests. */
function built() {
  return listPackages().flatMap(({ folder }) =>
    ['', 'pkg-rebuilt/']
      .filter(place => existsSync(join(folder, place)))
      .flatMap(place => readdirSync(join(folder, place)).map(name => `${folder.slice(root.length + 1)}/${place}${name}`))
      .filter(path => /\.(node|wasm)$/.test(path)),
  );
}

/** All else that a result depends on. */
function machine() {
  const chromium = findChromium();
  const shared = process.env.SYNTRACE_SHARED ?? join(root, '../shared');
  const listed = existsSync(shared) ? readdirSync(shared, { recursive: true }).sort() : [];
  return [
    process.platform,
    process.arch,
    process.version,
    cpus()[0]?.model,
    existsSync('/usr/lib/postgresql') && readdirSync('/usr/lib/postgresql'),
    chromium && [chromium, statSync(chromium).size, statSync(chromium).mtimeMs],
    sha256(listed.map(path => `${path} ${statSync(join(shared, path)).size}`).join('\n')),
    Object.entries(process.env).filter(([name]) => name.startsWith('SYNTRACE_')),
  ];
}
