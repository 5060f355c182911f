// Kills workers and the service at random and restarts the database while a batch runs, and counts what came of it.
//   node bench/server/fault.mjs [--pictures 5000] [--kills 100] [--restarts 5] [--workers 3] [--log docs/server-fault-log.txt]     after a build; needs PostgreSQL
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodePng } from '@syntrace/image-io';
import pg from 'pg';
import { freePort, noPostgres, startPostgres } from '../../packages/server/test/postgres.ts';
import { asJson, command, insist, SMALL, wait } from './processes.mjs';

const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '100' },
    restarts: { type: 'string', default: '5' },
    workers: { type: 'string', default: '3' },
    pause: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    log: { type: 'string' },
  },
});
const [pictures, kills, restarts, workers] = ['pictures', 'kills', 'restarts', 'workers'].map(name => Number(values[name]));
if (noPostgres) throw new Error(noPostgres);

const begun = Date.now();
const lines = [];
const say = text => {
  const line = `${((Date.now() - begun) / 1000).toFixed(1).padStart(7)} s  ${text}`;
  lines.push(line);
  console.log(line);
};
let state = Number(values.seed);
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

const folder = mkdtempSync(join(tmpdir(), 'syntrace-fault-'));
const photos = join(folder, 'photos');
mkdirSync(photos);
for (let i = 0; i < pictures; i++) {
  const data = new Uint8Array(4 * 64).fill(255);
  data.set([i % 200], 0);
  data.set([i & 255, i >> 8], 4);
  writeFileSync(join(photos, `${String(i).padStart(6, '0')}.png`), await encodePng({ width: 8, height: 8, data }));
}
const cluster = await startPostgres();
const database = new pg.Pool({ connectionString: cluster.address, max: 2 });
database.on('error', () => {});
const port = String(await freePort());
const address = `http://127.0.0.1:${port}`;
const common = ['--database', cluster.address, '--data', join(folder, 'data'), '--allow-folder', photos, '--heartbeat-seconds', '10', ...SMALL];
const env = { OMP_TEST_PAUSE: values.pause };
const start = {
  serve: () => command(['serve', '--port', port, '--work', '0', ...common], { env }),
  worker: () => command(['worker', ...common], { env }),
};
const running = [
  { name: 'service', kind: 'serve', ...start.serve() },
  ...Array.from({ length: workers }, (_, i) => ({ name: `worker ${i + 1}`, kind: 'worker', ...start.worker() })),
];
await Promise.all(running.map(({ ready }) => ready));
// As systemd or Kubernetes would: whatever ends by itself, having found no database say, is started again.
let own = 0;
const supervisor = setInterval(() => {
  for (const [at, { name, kind, child, killed }] of running.entries()) {
    if (killed || child.exitCode === null) continue;
    own++;
    running[at] = { name, kind, ...start[kind]() };
  }
}, 1000);

say(
  `${pictures} pictures, ${workers} workers, ${kills} kills, ${restarts} restarts of the database; ${cpus().length} cores (${cpus()[0].model}), seed ${values.seed}`,
);
const made = await (await insist(address, '/v1/batches', asJson({ source: { kind: 'folder', path: photos }, chunk: 20 }))).json();
const look = async () => (await insist(address, `/v1/batches/${made.id}`)).json();
const counts = Object.fromEntries(running.map(({ name }) => [name, 0]));
let restarted = 0;
for (let kill = 1; kill <= kills; kill++) {
  await wait(1000 + 3000 * random());
  const at = Math.floor(random() * running.length);
  const victim = running[at];
  victim.killed = true;
  victim.child.kill('SIGKILL');
  await victim.exited;
  counts[victim.name]++;
  running[at] = { name: victim.name, kind: victim.kind, ...start[victim.kind]() };
  if (kill === Math.round(((restarted + 0.5) * kills) / restarts)) {
    const mode = restarted++ % 2 === 0 ? 'immediate' : 'fast';
    cluster.restart(mode);
    say(`database restarted (${mode})`);
  }
  if (kill % 5 === 0) {
    const { state, total, done, failed } = await look();
    say(`kill ${kill}: ${victim.name}; batch ${state}, ${done} of ${total} done, ${failed} failed`);
    if (state === 'done') say('the batch is done before the last kill: make it longer (--pause)');
  }
}
say(
  `killed: ${Object.entries(counts)
    .map(([name, n]) => `${name} ${n}×`)
    .join(', ')}`,
);
let batch = await look();
for (; batch.state !== 'done'; batch = await look()) await wait(1000);
say(`done: ${batch.done} of ${batch.total}, ${batch.failed} failed`);

const { rows } = await database.query('SELECT item::int AS item, uri, score, worker, error_code FROM syntrace.result WHERE batch = $1', [made.id]);
const wrong = rows.filter(({ uri, score }) => score !== (Number.parseInt(uri, 10) % 200) - 100).length;
const distinct = new Set(rows.map(({ uri }) => uri)).size;
const by = new Set(rows.map(({ worker }) => worker)).size;
const { rows: jobs } = await database.query(
  "SELECT state, count(*)::int AS count, sum(retry_count)::int AS lapses FROM syntrace_queue.job WHERE name LIKE 'judge-%' GROUP BY 1",
);
say(
  `results: ${rows.length}; pictures with one: ${distinct}; with none: ${pictures - distinct}; duplicates: ${rows.length - distinct}; wrong scores: ${wrong}; errors: ${rows.filter(row => row.error_code).length}`,
);
clearInterval(supervisor);
say(`${own} times a process ended by itself for want of the database and was started again`);
say(`written by ${by} worker processes; jobs: ${jobs.map(({ state, count, lapses }) => `${count} ${state}, ${lapses} taken over after a death`).join('; ')}`);
const good = rows.length === pictures && distinct === pictures && wrong === 0 && batch.done === pictures;
say(good ? 'every picture has exactly one result' : 'RESULTS ARE MISSING OR WRONG');

if (values.log) writeFileSync(values.log, `${lines.join('\n')}\n`);
for (const { child } of running) child.kill('SIGKILL');
await database.end();
cluster.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(good ? 0 : 1);
