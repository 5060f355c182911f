// Gets the tools and the packages that everything else needs. Needs Node 18 and npm, nothing more.
//   node scripts/bootstrap.mjs [--update-lockfile]
import { toolsEnvironment } from './lib/environment.mjs';
import { ensureNodeTools } from './lib/node-tools.mjs';
import { isMain, runMain, say, seconds } from './lib/say.mjs';
import { installWorkspacePackages } from './lib/workspace-packages.mjs';

/** Node 24, pnpm and the workspace's packages; returns the environment to run in. Quick when all is there. */
export async function bootstrap(options) {
  const start = performance.now();
  await ensureNodeTools();
  await installWorkspacePackages(options);
  say(`Bootstrapped in ${seconds(performance.now() - start)}.`);
  return toolsEnvironment();
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    await bootstrap({ updateLockfile: process.argv.includes('--update-lockfile') });
  });
}
