// `pnpm pack` of every public package, and `npm install` of the tarballs into an empty project.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '../checks.mjs';
import { toolsEnvironment } from '../environment.mjs';
import { explainFailure } from '../explain-failure.mjs';
import { publicPackages } from '../packages.mjs';
import { run, tail } from '../process.mjs';

/** One check a package: it packs, and the tarball holds what its exports name, without sources of tests. */
export async function packAll(checks, folder) {
  mkdirSync(folder, { recursive: true });
  for (const { name, folder: cwd, json } of publicPackages()) {
    await checks.check(`pack ${name}`, async () => {
      const { code, output } = await run('pnpm', ['pack', '--pack-destination', folder], { cwd, env: toolsEnvironment() });
      expect(code === 0, tail(output, 15));
      const tarball = join(folder, `${json.name.replace('@', '').replace('/', '-')}-${json.version}.tgz`);
      const list = await run('tar', ['-tzf', tarball]);
      const files = list.stdout
        .trim()
        .split('\n')
        .map(file => file.replace(/^package\//, ''));
      expect(list.code === 0 && files.includes('package.json'), `no readable tarball ${tarball}\n${tail(list.output, 5)}`);
      expect(
        files.some(file => /^README/i.test(file)),
        'the tarball has no README',
      );
      const missing = targets(json.exports).filter(target => !files.includes(target.replace(/^\.\//, '')));
      expect(missing.length === 0, `not in the tarball: ${missing.join(', ')}`);
      const stray = files.filter(file => /\.test\.[jt]s$|^src\/|node_modules\/|\.tsbuildinfo$/.test(file));
      expect(stray.length === 0, `should not be in the tarball: ${stray.slice(0, 5).join(', ')}`);
    });
  }
  return readdirSync(folder)
    .filter(file => file.endsWith('.tgz'))
    .map(file => join(folder, file));
}

function targets(entry) {
  if (typeof entry === 'string') return entry.includes('*') ? [] : [entry];
  return Object.values(entry ?? {}).flatMap(targets);
}

export async function installTarballs(project, tarballs, env) {
  const { code, output } = await run('npm', ['install', '--no-audit', '--no-fund', ...tarballs], { cwd: project, env });
  if (code === 0) return;
  const { reason, hint } = explainFailure(output);
  throw new Error(`npm install of the tarballs: ${reason}\n${tail(output, 20)}\n${hint}`);
}
