// Many pictures in bounded memory: synthetic tiles, each with noise of its own, a tenth of them from each of two generators; residuals go to a folder, and as many
// as --memory holds stay. Prints seconds of each step, processor seconds and the peak of the process's memory. An interrupted run goes on with what it has.
//   node bench/noisescope/scale.mjs --out DIR [--pictures 10000] [--side 256] [--block-size 1000 | --whole] [--memory MiB] [--threads N] [--factor N]
//   --factor   T_merge as calibrated, times this
import { mkdirSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CLUSTER_DEFAULTS, collectResiduals, findGenerators, PREPARE_DEFAULTS, prepare, readNpy, writeNpy } from '@syntrace/detector-noisescope';
import { createSyntrace } from 'syntrace';
import { machine } from '../machine.mjs';
import { openTiles } from './lib/tiles.mjs';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    pictures: { type: 'string', default: '10000' },
    side: { type: 'string', default: '256' },
    'block-size': { type: 'string', default: '1000' },
    whole: { type: 'boolean', default: false },
    memory: { type: 'string', default: '256' },
    threads: { type: 'string', default: '2' },
    factor: { type: 'string', default: '1' },
  },
});
if (!values.out) throw new Error('give --out DIR, a folder for residuals (0.26 MB a picture of 256×256)');
const [pictures, side, memory] = [Number(values.pictures), Number(values.side), Number(values.memory) * 2 ** 20];
const REFERENCE = 400;
const generatorOf = number => (number % 10 === 0 ? 1 : number % 10 === 5 ? 2 : 0);

mkdirSync(values.out, { recursive: true });
const syntrace = createSyntrace({ concurrency: Number(values.threads) });
const kernels = await syntrace.kernels();
const tiles = await openTiles(kernels, side);
const fileOf = key => join(values.out, key.slice(0, 2), `${key}.npy`);
const store = {
  get: async key => {
    try {
      return readNpy(await readFile(fileOf(key)), key).data;
    } catch {
      return undefined;
    }
  },
  async put(key, residual, height, width) {
    await mkdir(join(values.out, key.slice(0, 2)), { recursive: true });
    await writeFile(`${fileOf(key)}.part`, writeNpy('f32', [height, width], residual));
    await rename(`${fileOf(key)}.part`, fileOf(key));
  },
};

const steps = [];
async function timed(name, work) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const mib = process.resourceUsage().maxRSS / 1024;
  steps.push({ name, seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6, peakMiB: Math.round(mib) });
  process.stderr.write(`${name}: ${steps.at(-1).seconds.toFixed(1)} s, processor ${steps.at(-1).cpu.toFixed(1)} s, peak so far ${mib.toFixed(0)} MiB\n`);
  return result;
}

async function* stream(from, count, generator) {
  for (let number = from; number < from + count; number++) {
    yield await tiles.tile(number, generator(number));
    if ((number - from + 1) % 500 === 0) process.stderr.write(`${number - from + 1} of ${count} tiles\n`);
  }
}

const reference = await timed(
  `residuals of ${REFERENCE} reference tiles`,
  async () =>
    (
      await collectResiduals(
        stream(1e6, REFERENCE, () => 0),
        kernels,
        {},
      )
    ).residuals,
);
const prepared = await timed('prepare', () => prepare(reference, PREPARE_DEFAULTS, kernels));
const { residuals } = await timed(`making ${pictures} tiles and taking their residuals`, () =>
  collectResiduals(stream(0, pictures, generatorOf), kernels, { store, memory }),
);
const settings = {
  ...CLUSTER_DEFAULTS,
  ...(!values.whole && { blockSize: Number(values['block-size']) }),
  mergeThreshold: Number(values.factor) * prepared.mergeThreshold.value,
};
let last = performance.now();
const progress = ({ phase, done, total }) => {
  if (performance.now() - last < 10_000) return;
  last = performance.now();
  process.stderr.write(`${phase} ${done} of ${total}\n`);
};
const found = await timed('cluster and decide', () =>
  findGenerators(residuals, prepared, settings, kernels, { signal: new AbortController().signal, progress }),
);
const count = (generated, synthetic) =>
  found.verdicts.filter((verdict, i) => generatorOf(i) > 0 === generated && (verdict === 'synthetic') === synthetic).length;
const result = {
  machine: machine().text,
  pictures,
  side,
  blockSize: values.whole ? null : settings.blockSize,
  memoryMiB: Number(values.memory),
  mergeThreshold: settings.mergeThreshold,
  threads: kernels.threads,
  backend: kernels.backend,
  steps,
  found: count(true, true),
  missed: count(true, false),
  wrong: count(false, true),
  flagged: found.classified.filter(({ synthetic }) => synthetic).map(({ cluster }) => cluster.length),
};
tiles.close();
await syntrace.close();
await writeFile(
  join(values.out, `scale-${pictures}-${values.whole ? 'whole' : settings.blockSize}-${values.factor}.json`),
  `${JSON.stringify(result, null, 2)}\n`,
);
console.log(JSON.stringify(result, null, 2));
