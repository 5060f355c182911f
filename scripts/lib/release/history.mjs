// A small history of releases in a repository of its own: our packages by their names and their needs of each other, and what `changeset version` makes of changes.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolsEnvironment } from '../environment.mjs';
import { listPackages } from '../packages.mjs';
import { root } from '../paths.mjs';

const isOurs = ([name]) => name === 'syntrace' || name.startsWith('@syntrace/');
const ours = needs => needs && Object.fromEntries(Object.entries(needs).filter(isOurs));

export class History {
  folder = mkdtempSync(join(tmpdir(), 'syntrace-history-'));
  env = toolsEnvironment({ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' });
  names = [];

  /** Our packages, each at that version. */
  constructor(version) {
    const write = (path, value) => writeFileSync(join(this.folder, path), typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
    write('package.json', { name: 'history', private: true, packageManager: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager });
    write('pnpm-workspace.yaml', 'packages:\n  - packages/*\n');
    mkdirSync(join(this.folder, '.changeset'));
    copyFileSync(join(root, '.changeset/config.json'), join(this.folder, '.changeset/config.json'));
    for (const { name, json } of listPackages()) {
      mkdirSync(join(this.folder, 'packages', name), { recursive: true });
      const { dependencies, peerDependencies, devDependencies } = json;
      const needs = { dependencies: ours(dependencies), peerDependencies: ours(peerDependencies), devDependencies: ours(devDependencies) };
      write(`packages/${name}/package.json`, { name: json.name, version, ...(json.private && { private: true }), ...needs });
      if (!json.private) this.names.push(name);
    }
    this.#run('git', 'init', '--quiet', '--initial-branch=main');
    this.#commit('first');
  }

  /** Releases a change of a package; tells which packages have which new versions. */
  release(packageName, bump) {
    const before = this.#versions();
    writeFileSync(join(this.folder, '.changeset/change.md'), `---\n'${packageName}': ${bump}\n---\n\nA change.\n`);
    this.#commit('change');
    this.#run('changeset', 'version');
    this.#commit('version');
    const after = this.#versions();
    return Object.fromEntries(Object.entries(after).filter(([name, version]) => before[name] !== version));
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #versions() {
    const manifest = name => JSON.parse(readFileSync(join(this.folder, 'packages', name, 'package.json'), 'utf8'));
    return Object.fromEntries(this.names.map(manifest).map(({ name, version }) => [name, version]));
  }

  #commit(message) {
    this.#run('git', 'add', '--all');
    this.#run('git', '-c', 'user.name=history', '-c', 'user.email=history@localhost', 'commit', '--quiet', '--allow-empty', '-m', message);
  }

  #run(command, ...args) {
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: this.folder, env: this.env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stdout + stderr}`);
  }
}
