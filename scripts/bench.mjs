// Passes on to bench/, which measures side by side with peers.
//   npm run bench [-- arguments]             the kernels against Python's and JavaScript's libraries; --docs writes docs/performance.md
//   npm run bench -- detect [arguments]      judging against decoding alone
//   npm run bench -- npr [arguments]         the NPR detector against PyTorch and ONNX Runtime in Python
//   npm run bench -- npr-steps [arguments]   a training step of the NPR network against PyTorch
//   npm run bench -- noisescope COMMAND …    experiments of the NoiseScope detector
//   npm run bench -- masksim COMMAND …       figures of the MaskSim detector
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { buildNative } from './build.mjs';
import { buildTypeScript } from './lib/build-typescript.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { runMain } from './lib/say.mjs';

await runMain(async () => {
  const [first, ...rest] = process.argv.slice(2);
  const [file, args] = ['detect', 'masksim', 'noisescope', 'npr', 'npr-steps'].includes(first)
    ? [`bench/${first}/run.mjs`, rest]
    : ['bench/run.mjs', process.argv.slice(2)];
  const env = await bootstrap();
  await buildNative();
  await buildTypeScript();
  return (await run('node', [join(root, file), ...args], { env, show: true })).code;
});
