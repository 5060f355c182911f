// What only a machine with an NVIDIA card can show: the conformance suite on the card, its ceilings and the benchmark, written with the date
// to bench/results/.
//   npm run gpu [-- --only NAME --scale 1 --conformance]
//   npm run gpu -- --pack FOLDER     puts everything into a folder for a machine that has a card, Node and nothing else:
//                                    node FOLDER/dist/gpu-check.mjs --out RESULTS
import { join, resolve } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { buildNative } from './build.mjs';
import { buildTypeScript } from './lib/build-typescript.mjs';
import { root, tools } from './lib/paths.mjs';
import { run, tail } from './lib/process.mjs';
import { runMain, StepError, say } from './lib/say.mjs';

await runMain(async () => {
  const argv = process.argv.slice(2);
  const at = argv.indexOf('--pack');
  const folder = at >= 0 ? resolve(argv[at + 1] ?? 'gpu') : join(tools, 'gpu');
  const env = await bootstrap();
  await buildNative();
  await buildTypeScript();
  const bundled = await run('node', [join(root, 'bench/gpu/bundle.mjs'), folder], { env });
  if (bundled.code !== 0) throw new StepError(`the check is not bundled\n${tail(bundled.output, 30)}`);
  if (at >= 0) {
    say(`Packed: node ${join(folder, 'dist/gpu-check.mjs')} --out RESULTS`);
    return 0;
  }
  return (await run('node', [join(folder, 'dist/gpu-check.mjs'), ...argv], { env, show: true })).code;
});
