import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKey, openDatabase, type RunningServer, revokeKey } from '../dist/index.js';
import { type Cluster, freePort, noPostgres, startPostgres } from './postgres.js';
import { client, PLUGIN, picture, SESSION, start, temporary, until } from './service.js';

const BIN = fileURLToPath(new URL('../../syntrace/bin/syntrace.js', import.meta.url));
if (noPostgres) console.warn(`LEFT OUT: batches over several processes: ${noPostgres}`);

interface Row {
  readonly item: number;
  readonly path: string;
  readonly score: number | null;
  readonly worker: string;
  readonly reused: boolean;
  readonly error: { readonly code: string } | null;
}

describe.skipIf(noPostgres !== undefined)('batches on PostgreSQL', () => {
  let cluster: Cluster;
  let server: RunningServer;
  let ask: ReturnType<typeof client>;
  const data = temporary();
  const workers: ChildProcess[] = [];
  let metricsPort: number;

  const work = (pause = 0, more: readonly string[] = []) => {
    const args = [
      'worker',
      '--database',
      cluster.address,
      '--data',
      data,
      '--plugin',
      PLUGIN,
      '--detector',
      'first-sample',
      '--backend',
      'wasm',
      '--concurrency',
      '1',
    ];
    const child = spawn(process.execPath, [BIN, ...args, '--processes', '1', '--heartbeat-seconds', '10', ...more, '--log-level', 'warn'], {
      env: { ...process.env, OMP_TEST_PAUSE: String(pause) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    workers.push(child);
    return child;
  };
  const batchOf = async (count: number, wanted: object, sample = (i: number) => i % 200) => {
    const { body: batch } = await ask.post('/v1/batches', { source: { kind: 'upload' }, ...wanted });
    const form = new FormData();
    for (let i = 0; i < count; i++) form.append('pictures', new Blob([(await picture(sample(i), i)) as Uint8Array<ArrayBuffer>]), `${i}.png`);
    expect((await ask.send('POST', `/v1/batches/${batch.id}/pictures`, form)).body).toEqual({ added: count });
    await ask.post(`/v1/batches/${batch.id}/seal`);
    return batch.id as string;
  };
  const results = async (id: string, query = ''): Promise<readonly Row[]> => {
    const { body } = await ask.get(`/v1/batches/${id}/results${query}`);
    return body.trim() === ''
      ? []
      : body
          .trim()
          .split('\n')
          .map((line: string) => JSON.parse(line));
  };
  const ended = (id: string) =>
    until(
      async () => (await ask.get(`/v1/batches/${id}`)).body,
      ({ state }) => state === 'done' || state === 'failed',
    );

  beforeAll(async () => {
    cluster = await startPostgres();
    const options = { data, database: cluster.address, work: 0 };
    await expect(start({ ...options, host: '0.0.0.0' })).rejects.toMatchObject({ code: 'SERVER_ADDRESS' });
    const database = await openDatabase(options);
    const { key } = await addKey(database, { name: 'tests', perMinute: 5000 });
    await database.close();
    server = await start(options);
    ask = client(server.address, key);
    metricsPort = await freePort();
    work(20);
    work(20, ['--metrics-port', String(metricsPort)]);
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await server?.stop();
    cluster?.stop();
  });

  it('every picture has one result, though a worker is killed and the database restarts', async () => {
    await until(
      () => ask.get('/v1/workers'),
      ({ status, body }) => status === 200 && body.length >= 2,
      120_000,
    );
    const id = await batchOf(60, { chunk: 5 });
    await until(
      () => results(id),
      rows => rows.length >= 10,
    );
    workers.shift()!.kill('SIGKILL');
    cluster.restart('immediate');
    work();
    expect(await ended(id)).toMatchObject({ state: 'done', total: 60, done: 60, failed: 0 });
    const rows = await results(id);
    expect(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()).toMatch(/syntrace_chunks_total\{outcome="done"\} [1-9]/);
    expect(rows.map(({ item }) => item).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    for (const { path, score } of rows) expect(score).toBe((Number.parseInt(path, 10) % 200) - 100);
  }, 120_000);

  it('bytes that were judged before are not judged again, unless it is wished', async () => {
    const again = await batchOf(60, {});
    expect(await ended(again)).toMatchObject({ done: 60, reused: 60 });
    const anew = await batchOf(4, { reuse: false });
    expect(await ended(anew)).toMatchObject({ done: 4, reused: 0 });
  });

  it('failed ones can be tried again, alone', async () => {
    const { body: batch } = await ask.post('/v1/batches', { source: { kind: 'upload' } });
    for (const [i, bytes] of [await picture(7, 900), Buffer.from('no picture'), await picture(8, 901)].entries())
      await ask.send('POST', `/v1/batches/${batch.id}/pictures?name=${i}&label=real`, bytes as never, { 'content-type': 'image/png' });
    expect((await ask.post(`/v1/batches/${batch.id}/retry`)).body.error.code).toBe('BATCH_STATE');
    await ask.post(`/v1/batches/${batch.id}/seal`);
    expect(await ended(batch.id)).toMatchObject({ done: 3, failed: 1 });
    const before = await results(batch.id);
    expect((await ask.post(`/v1/batches/${batch.id}/retry`)).body).toMatchObject({ state: 'running', done: 2, failed: 0 });
    expect(await ended(batch.id)).toMatchObject({ done: 3, failed: 1 });
    const after = await results(batch.id);
    expect(after.map(({ path }) => path).sort()).toEqual(['0', '1', '2']);
    expect(after.filter(({ error }) => !error)).toEqual(before.filter(({ error }) => !error));
  });

  it('progress comes as events, and a cancelled batch stops', async () => {
    const id = await batchOf(200, { chunk: 50, reuse: false });
    const events = ask.get(`/v1/batches/${id}/events`);
    const { body } = await ask.post(`/v1/batches/${id}/cancel`);
    expect(body.state).toBe('cancelled');
    expect((await events).body).toMatch(/^event: progress\ndata: \{.*\n\nevent: end\ndata: \{"id":".*"state":"cancelled"/s);
    expect((await ask.send('DELETE', `/v1/batches/${id}`)).status).toBe(204);
    expect((await ask.get(`/v1/batches/${id}`)).body.error.code).toBe('BATCH_UNKNOWN');
  });

  it('workers of another engine leave a batch alone, and it says so', async () => {
    const plugin = join(data, 'newer.mjs');
    writeFileSync(plugin, readFileSync(PLUGIN, 'utf8').replace("version: '1.2.3'", "version: '1.2.4'"));
    const newer = await start({ data, database: cluster.address, work: 0, session: { ...SESSION, plugin: [plugin] } });
    try {
      expect(newer.engine.fingerprint).not.toBe(server.engine.fingerprint);
      const { key } = await addKey(server.database, { name: 'newer' });
      const other = client(newer.address, key);
      const { body: batch } = await other.post('/v1/batches', { source: { kind: 'upload' } });
      await other.send('POST', `/v1/batches/${batch.id}/pictures`, (await picture(5)) as never, { 'content-type': 'image/png' });
      await other.post(`/v1/batches/${batch.id}/seal`);
      // Workers of the first engine take what is theirs meanwhile.
      expect(await ended(await batchOf(1, { reuse: false }))).toMatchObject({ done: 1 });
      expect((await other.get(`/v1/batches/${batch.id}`)).body).toMatchObject({
        state: 'running',
        done: 0,
        waiting: expect.stringContaining(newer.engine.fingerprint),
      });
      expect((await other.get('/v1/workers')).body.map(({ sameEngine }: { sameEngine: boolean }) => sameEngine)).not.toContain(true);
      expect((await ask.post(`/v1/batches/${batch.id}/retry`)).body.error.code).toBe('BATCH_STATE');
    } finally {
      await newer.stop();
    }
  });

  it('SIGTERM: what is begun is ended, and nothing is lost', async () => {
    const id = await batchOf(60, { chunk: 6, reuse: false });
    await until(
      () => results(id),
      rows => rows.length > 0,
    );
    const gone = workers.map(worker => new Promise(resolve => worker.once('exit', resolve)));
    for (const worker of workers) worker.kill('SIGTERM');
    await Promise.all(gone);
    const { body } = await ask.get(`/v1/batches/${id}`);
    // No claim is left behind: everything that is not done waits for the next worker.
    const [{ active }] = (await server.database.query<{ active: string }>(
      "SELECT count(*) AS active FROM syntrace_queue.job WHERE state = 'active' AND name LIKE 'judge-%'",
    )) as [{ active: string }];
    expect(Number(active)).toBe(0);
    expect(body.done % 6).toBe(0);
    workers.length = 0;
    work();
    expect(await ended(id)).toMatchObject({ done: 60, failed: 0 });
  }, 120_000);

  it('keys open what their scope says, and nothing once they are revoked', async () => {
    const { key, id } = await addKey(server.database, { name: 'reader', scopes: ['read'], perMinute: 4 });
    const reader = client(server.address, key);
    expect((await reader.get('/v1/batches')).status).toBe(200);
    expect((await reader.judge(await picture(1))).body.error.code).toBe('KEY_SCOPE');
    const later = [await reader.get('/v1/batches'), await reader.get('/v1/batches'), await reader.get('/v1/batches'), await reader.get('/v1/batches')].at(-1)!;
    expect([later.status, later.body.error?.code]).toEqual([429, 'SERVER_LIMIT']);
    expect(Number(later.headers.get('retry-after'))).toBeGreaterThan(0);
    await revokeKey(server.database, id);
    await until(
      () => reader.get('/v1/batches'),
      ({ status }) => status === 401,
      8000,
    );
    // Guesses: refused, and after a few made to wait.
    const statuses: number[] = [];
    for (let i = 0; i < 25; i++) statuses.push((await client(server.address, `syn_${id}_${'A'.repeat(43)}`).get('/v1/batches')).status);
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    expect((await client(server.address, "syn_' OR 1=1 --").get('/v1/batches')).status).toBe(429);
    // Whoever has a key that works does not wait for those who guess from the same address.
    expect((await ask.get('/v1/batches')).status).toBe(200);
  });
});
