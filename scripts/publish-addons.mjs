// Publishes the packages of the platforms that are not on the registry in this version yet.
//   node scripts/publish-addons.mjs DIR [--dry-run]     DIR holds a folder for each, as scripts/platform-packages.mjs writes them
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run, tail } from './lib/process.mjs';
import { runMain, StepError, say } from './lib/say.mjs';

const [folder, ...flags] = process.argv.slice(2);

await runMain(async () => {
  if (!folder) throw new StepError('give the folder that holds the packages');
  for (const name of readdirSync(resolve(folder)).sort()) {
    const cwd = join(resolve(folder), name);
    const file = join(cwd, 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    const wanted = `${manifest.name}@${manifest.version}`;
    const known = await run('npm', ['view', wanted, 'version'], { cwd });
    if (known.code === 0 && known.stdout.trim() === manifest.version) {
      say(`${wanted} is there`);
      continue;
    }
    // biome-ignore lint/suspicious/noUndeclaredEnvVars: of the release workflow, turbo has no part in this
    const repository = process.env.GITHUB_REPOSITORY;
    if (repository) writeFileSync(file, JSON.stringify({ ...manifest, repository: { type: 'git', url: `git+https://github.com/${repository}.git` } }, null, 2));
    const { code, output } = await run('npm', ['publish', '--access', 'public', ...flags], { cwd });
    if (code !== 0) throw new StepError(`${wanted} could not be published\n${tail(output, 20)}`);
    say(flags.includes('--dry-run') ? `${wanted} could be published` : `${wanted} is published`);
  }
  return 0;
});
