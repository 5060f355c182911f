// The queue and the tables alone: chunks of pictures that nobody decodes or judges.
//   node bench/server/queue.mjs [--pictures 200000] [--chunk 500] [--slots 2]      after a build; needs PostgreSQL
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULTS, startServer, startWorker } from '@syntrace/server';
import { noPostgres, startPostgres } from '../../packages/server/test/postgres.ts';
import { asJson, wait } from './processes.mjs';

const { values } = parseArgs({
  options: { pictures: { type: 'string', default: '200000' }, chunk: { type: 'string', default: '500' }, slots: { type: 'string', default: '2' } },
});
const [pictures, chunk, slots] = ['pictures', 'chunk', 'slots'].map(name => Number(values[name]));
if (noPostgres) throw new Error(noPostgres);

const row = {
  width: 4000,
  height: 3000,
  verdict: 'real',
  probability: 0.1,
  score: -1.5,
  threshold: 0,
  realShare: 0.9,
  detectors: [{ id: 'empty', version: '1.0.0', score: -1.5, probability: 0.1, ms: 1 }],
  warnings: [],
};
const judge = {
  engine: async () => ({
    fingerprint: 'empty',
    version: '0',
    backend: 'none',
    detectors: [{ id: 'empty', version: '1.0.0', description: '', unit: 'image', restsOn: 'pixels', card: null }],
    defaults: ['empty'],
  }),
  judge: async list => list.map(({ uri }) => ({ row: { path: uri, ...row }, camera: null })),
  close: async () => {},
};
const standIn = { judge, read: async () => new Uint8Array(1) };

const folder = mkdtempSync(join(tmpdir(), 'syntrace-queue-'));
const cluster = await startPostgres();
const options = {
  ...DEFAULTS,
  database: cluster.address,
  data: folder,
  port: 0,
  work: 0,
  processes: 1,
  logLevel: 'warn',
  session: {},
  allowFolder: [folder],
  perMinute: 1e6,
};
const server = await startServer(options, standIn);
const batch = await (await fetch(`${server.address}/v1/batches`, asJson({ source: { kind: 'manifest' }, chunk, reuse: false }))).json();
const filling = performance.now();
const lot = 50_000;
for (let at = 0; at < pictures; at += lot) {
  const lines = Array.from({ length: Math.min(lot, pictures - at) }, (_, i) => JSON.stringify({ uri: `2026/11/27/camera-${(at + i) % 40}/IMG_${at + i}.jpg` }));
  await fetch(`${server.address}/v1/batches/${batch.id}/manifest`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
}
await fetch(`${server.address}/v1/batches/${batch.id}/seal`, { method: 'POST' });
const filled = (performance.now() - filling) / 1000;

/** Processor seconds of this process and of the database's, as Linux counts them. */
const databaseSeconds = () => {
  const [{ pid }] = [{ pid: Number(readFileSync(join(cluster.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]) }];
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  const ticks = children.reduce((sum, child) => {
    const [, utime, stime] = /\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${child}/stat`, 'utf8')) ?? [0, 0, 0];
    return sum + Number(utime) + Number(stime);
  }, 0);
  return (ticks + Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / 100;
};
const before = { cpu: process.cpuUsage(), database: databaseSeconds() };
const begun = performance.now();
const worker = await startWorker({ ...options, chunks: slots }, standIn);
for (;;) {
  const { state } = await (await fetch(`${server.address}/v1/batches/${batch.id}`)).json();
  if (state === 'done') break;
  await wait(100);
}
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(before.cpu);
const cpu = (user + system) / 1e6;
const database = databaseSeconds() - before.database;
const [size] = await server.database.query(
  "SELECT pg_total_relation_size('syntrace.result')::float8 AS bytes, pg_relation_size('syntrace.result')::float8 AS heap, count(*)::int AS rows FROM syntrace.result",
);
console.log(
  JSON.stringify(
    {
      cores: cpus().length,
      processor: cpus()[0].model,
      pictures,
      chunk,
      slots,
      filledASecond: Math.round(pictures / filled),
      secondsToJudge: Number(seconds.toFixed(2)),
      picturesASecond: Math.round(pictures / seconds),
      cpuSeconds: { worker: Number(cpu.toFixed(2)), database: Number(database.toFixed(2)) },
      picturesACoreSecond: Math.round(pictures / (cpu + database)),
      bytesARow: { withIndexes: Math.round(size.bytes / size.rows), table: Math.round(size.heap / size.rows) },
      rows: size.rows,
    },
    null,
    2,
  ),
);
await worker.stop();
await server.stop();
cluster.stop();
rmSync(folder, { recursive: true, force: true });
process.exit();
