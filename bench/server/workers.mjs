// Workers side by side over one batch: two of one thread, one of two threads, one with two judging processes of one thread.
//   node bench/server/workers.mjs [--pictures 240] [--rounds 3]      after a build; needs PostgreSQL
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, noPostgres, startPostgres } from '../../packages/server/test/postgres.ts';
import { asJson, command, insist, wait } from './processes.mjs';

const { values } = parseArgs({ options: { pictures: { type: 'string', default: '240' }, rounds: { type: 'string', default: '3' } } });
const [pictures, rounds] = ['pictures', 'rounds'].map(name => Number(values[name]));
if (noPostgres) throw new Error(noPostgres);

const SETUPS = {
  'two workers of one thread': [
    ['--processes', '1', '--concurrency', '1'],
    ['--processes', '1', '--concurrency', '1'],
  ],
  'one worker of two threads': [['--processes', '1', '--concurrency', '2']],
  'one worker, two processes of one thread': [['--processes', '2', '--concurrency', '1']],
};

const folder = mkdtempSync(join(tmpdir(), 'syntrace-workers-'));
const photos = join(folder, 'photos');
mkdirSync(photos);
const demo = new URL('../../examples/demo/pictures/', import.meta.url).pathname;
const names = readdirSync(demo).filter(name => /\.(jpg|png|webp)$/.test(name));
for (let i = 0; i < pictures; i++) {
  const name = names[i % names.length];
  copyFileSync(join(demo, name), join(photos, `${String(i).padStart(5, '0')}${extname(name)}`));
}
const cluster = await startPostgres();
const port = String(await freePort());
const address = `http://127.0.0.1:${port}`;
const common = ['--database', cluster.address, '--data', join(folder, 'data'), '--allow-folder', photos];
const service = command(['serve', '--port', port, '--work', '0', '--processes', '1', ...common]);
await service.ready;

/** Processor seconds of a process and of those that it has started, as Linux counts them. */
const seconds = pid => {
  const one = each => {
    const fields = readFileSync(`/proc/${each}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  };
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return [pid, ...children].reduce((sum, each) => sum + one(each), 0);
};

async function run(setup) {
  const workers = setup.map(args => command(['worker', ...common, ...args]));
  await Promise.all(workers.map(({ ready }) => ready));
  // The first pictures open weights and fill caches.
  const pass = async () => {
    const batch = await (await insist(address, '/v1/batches', asJson({ source: { kind: 'folder', path: photos }, chunk: 20, reuse: false }))).json();
    const begun = performance.now();
    for (;;) {
      const { state, failed } = await (await insist(address, `/v1/batches/${batch.id}`)).json();
      if (state === 'done') return { wall: (performance.now() - begun) / 1000, failed };
      await wait(50);
    }
  };
  await pass();
  const before = workers.reduce((sum, { child }) => sum + seconds(child.pid), 0);
  const { wall, failed } = await pass();
  const cpu = workers.reduce((sum, { child }) => sum + seconds(child.pid), 0) - before;
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all(workers.map(({ exited }) => exited));
  return { wall, cpu, failed };
}

const best = {};
for (let round = 0; round < rounds; round++) {
  for (const [name, setup] of Object.entries(SETUPS)) {
    const { wall, cpu, failed } = await run(setup);
    if (failed > 0) throw new Error(`${failed} pictures failed`);
    best[name] = { wall: Math.min(wall, best[name]?.wall ?? Number.POSITIVE_INFINITY), cpu: Math.min(cpu, best[name]?.cpu ?? Number.POSITIVE_INFINITY) };
  }
}
const table = Object.fromEntries(
  Object.entries(best).map(([name, { wall, cpu }]) => [
    name,
    {
      seconds: Number(wall.toFixed(2)),
      cpuSeconds: Number(cpu.toFixed(2)),
      picturesASecond: Number((pictures / wall).toFixed(1)),
      picturesACoreSecond: Number((pictures / cpu).toFixed(1)),
    },
  ]),
);
const [two, one] = [best['two workers of one thread'], best['one worker of two threads']];
const overhead = { wall: Number((two.wall / one.wall - 1).toFixed(3)), cpu: Number((two.cpu / one.cpu - 1).toFixed(3)) };
console.log(
  JSON.stringify(
    { cores: cpus().length, processor: cpus()[0].model, loadAverage: Math.round(loadavg()[0]), pictures, rounds, table, overheadOfTwoWorkers: overhead },
    null,
    2,
  ),
);
service.child.kill('SIGTERM');
await service.exited;
cluster.stop();
rmSync(folder, { recursive: true, force: true });
process.exit();
