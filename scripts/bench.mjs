// Passes on to bench/, which measures the kernels side by side with their peers.
//   npm run bench [-- arguments of bench/]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { buildNative } from './build.mjs';
import { buildTypeScript } from './lib/build-typescript.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { runMain, StepError } from './lib/say.mjs';

await runMain(async () => {
  const entry = ['bench/run.mjs', 'bench/index.mjs', 'bench/bench.mjs'].map(file => join(root, file)).find(existsSync);
  if (!entry) throw new StepError('bench/ has nothing to run');
  const env = await bootstrap();
  await buildNative();
  await buildTypeScript();
  return (await run('node', [entry, ...process.argv.slice(2)], { env, show: true })).code;
});
