// Everything that only a machine with a card can show: the whole conformance suite, the checks of the card, the ceilings and the benchmark.
//   gpu-check.mjs [--out FOLDER] [--scale 1] [--only NAME] [--conformance | --benchmark]
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { cudaKernels } from '../../packages/kernels-native/src/cuda-kernels.ts';
import { loadCudaAddon } from '../../packages/kernels-native/src/load-addon.ts';
import { benchmark, transfers } from './benchmark.mjs';
import { page, table } from './report.mjs';
import { runAll } from './vitest-alone.mjs';

const argv = process.argv.slice(2);
const value = (name, fallback) => (argv.includes(name) ? argv[argv.indexOf(name) + 1] : fallback);
const out = value('--out', 'bench/results');
const scale = Number(value('--scale', '1'));
const started = performance.now();
const say = text => console.log(`[${((performance.now() - started) / 1e3).toFixed(1)} s] ${text}`);

const loaded = loadCudaAddon();
const availability = await cudaKernels().probe();
if (!loaded.addon || !availability.ok) {
  console.error(`There is no card to check: ${availability.message}\n→ ${availability.hint}`);
  process.exit(2);
}
say(availability.detail);

const machine = {
  date: new Date().toISOString().slice(0, 10),
  card: availability.detail,
  processor: cpus()[0]?.model.trim() ?? 'unknown processor',
  cores: cpus().length,
  node: process.version,
  ptx: PTX_CHECKSUM,
};
if (!argv.includes('--benchmark')) {
  await import('../../packages/kernels-native/test/cuda-conformance.test.ts');
  await import('../../packages/kernels-native/test/cuda-card.test.ts');
}
const conformance = await runAll();
say(`conformance: ${conformance.passed} passed, ${conformance.failed.length} failed, ${conformance.skipped.length} skipped`);
for (const { name, message } of conformance.failed) console.log(`  FAILED ${name}\n    ${message}`);

const result = { machine, conformance, benchmarks: [] };
if (!argv.includes('--conformance')) {
  const [copy, fused] = loaded.addon.measureCuda();
  result.ceilings = { copy, fused };
  say(`copy ${(copy / 1e9).toFixed(0)} GB/s, fused ${(fused / 1e12).toFixed(1)} TFLOP/s`);
  const short = row => say(`${row.name}: ${row.error ?? `${row.ms.toFixed(3)} ms, ${row.gbs.toFixed(0)} GB/s, ${(100 * row.ofCopy).toFixed(0)} % of copy`}`);
  for (const transforms of ['own', 'cufft']) {
    let kernels;
    try {
      kernels = await cudaKernels({ transforms }).open({ threads: 4 });
    } catch (error) {
      say(`${transforms}: ${error.message}`);
      continue;
    }
    result.transfers ??= await transfers(kernels);
    const only = value('--only', transforms === 'own' ? '' : 'rfft2');
    const title = transforms === 'own' ? 'Own kernels' : 'Real transforms by cuFFT';
    result.benchmarks.push({ title, rows: await benchmark(kernels, result.ceilings, { scale, only, say: short }) });
    await kernels.close();
  }
  for (const { title, rows } of result.benchmarks) console.log(`\n${title}\n${table(rows)}`);
}

mkdirSync(out, { recursive: true });
const card = availability.detail
  .split(',')[0]
  .toLowerCase()
  .replace(/[^a-z0-9]+/g, '-');
const name = join(out, `cuda-${card}-${machine.date}`);
writeFileSync(`${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
writeFileSync(`${name}.md`, page({ transfers: undefined, ...result }));
say(`written: ${name}.json and .md`);
console.log(`${conformance.passed} passed, ${conformance.failed.length} failed`);
process.exit(conformance.failed.length > 0 || (conformance.passed === 0 && !argv.includes('--benchmark')) ? 1 : 0);
