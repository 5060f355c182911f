import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolsEnvironment } from '../environment.mjs';
import { findAll } from '../process.mjs';
import { childResults } from './child-results.mjs';

const reporter = fileURLToPath(new URL('./vitest-reporter.mjs', import.meta.url));

/** All vitest projects of a package; only the one called `node` where there is no Chromium, and only the files whose path holds `only`. */
export async function runVitest(folder, { chromium, env: more = {}, only }) {
  const config = join(folder, 'vitest.config.ts');
  const inBrowser = existsSync(config) && /browser/.test(readFileSync(config, 'utf8'));
  const nodeOnly = inBrowser && !chromium;
  const results = await childResults('vitest', file => {
    const env = toolsEnvironment({ ...more, SYNTRACE_RESULTS: file, ...(chromium && { CHROMIUM_PATH: chromium }), CI: 'true', NO_COLOR: '1' });
    const args = ['run', '--reporter=default', `--reporter=${reporter}`, ...(nodeOnly ? ['--project=node'] : []), ...(only ? [only] : [])];
    return [findAll('vitest', env)[0], args, { cwd: folder, env }];
  });
  if (nodeOnly) results.skipped.push({ name: 'every test in the browser', reason: 'no Chromium was found' });
  return results;
}
