// `pnpm install` of the whole workspace, from the lockfile.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toolsEnvironment } from './environment.mjs';
import { explainFailure } from './explain-failure.mjs';
import { root } from './paths.mjs';
import { run, tail } from './process.mjs';
import { StepError, step } from './say.mjs';

export async function installWorkspacePackages({ updateLockfile = false } = {}) {
  if (!updateLockfile && !existsSync(join(root, 'pnpm-lock.yaml'))) {
    throw new StepError('pnpm-lock.yaml is missing', 'Get it back from git, or make it anew: `npm run bootstrap -- --update-lockfile`.');
  }
  const args = ['install', updateLockfile ? '--no-frozen-lockfile' : '--frozen-lockfile'];
  await step(`pnpm ${args.join(' ')}`, async () => {
    // With CI set pnpm never asks before it replaces a stale node_modules.
    const { code, output } = await run('pnpm', args, { env: toolsEnvironment({ CI: 'true' }) });
    if (code === 0) return;
    const { reason, hint } = explainFailure(output);
    throw new StepError(`pnpm install: ${reason}\n${tail(output)}`, hint);
  });
}
