// Makes the PTX beside the CUDA kernels again, or compares it with a fresh compilation.
//   node scripts/cuda-ptx.mjs             installs the compiler where it is missing, and writes crates/kernels-cuda/kernels/*.ptx
//   node scripts/cuda-ptx.mjs --check     compares, and assembles for several generations of cards; skips where the compiler is not installed
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checks, expect } from './lib/checks.mjs';
import { compileKernels, ensureCudaCompiler, findCudaCompiler } from './lib/cuda/compiler.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { runMain, say } from './lib/say.mjs';

const kernels = join(root, 'crates/kernels-cuda/kernels');
const generations = ['sm_60', 'sm_75', 'sm_80', 'sm_90'];

async function check() {
  const checks = new Checks();
  const compiler = findCudaCompiler();
  if (!compiler) {
    checks.skip('the embedded PTX', 'the compiler is not installed: `node scripts/cuda-ptx.mjs` does that');
    return checks.finish();
  }
  const fresh = mkdtempSync(join(tmpdir(), 'syntrace-ptx-'));
  try {
    await compileKernels(compiler, kernels, fresh);
    for (const name of readdirSync(fresh)) {
      await checks.check(`${name} is what its source compiles to`, () =>
        expect(readFileSync(join(fresh, name), 'utf8') === readFileSync(join(kernels, name), 'utf8'), 'Run `node scripts/cuda-ptx.mjs` and commit the result.'),
      );
      for (const generation of generations) {
        await checks.check(`${name} assembles for ${generation}, almost without spills`, async () => {
          const { code, output } = await run(compiler.ptxas, ['-v', `-arch=${generation}`, join(kernels, name), '-o', join(fresh, 'out')]);
          expect(code === 0, output);
          const spilled = [...output.matchAll(/(\d+) bytes spill stores/g)].map(([, bytes]) => Number(bytes));
          expect(Math.max(...spilled) <= 256, `${Math.max(...spilled)} bytes of registers are spilled`);
        });
      }
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return checks.finish();
}

await runMain(async () => {
  if (process.argv.includes('--check')) return check();
  await compileKernels(await ensureCudaCompiler(), kernels, kernels);
  say('crates/kernels-cuda/kernels/*.ptx are made again');
  return 0;
});
