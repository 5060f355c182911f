import type { Kernels } from '@syntrace/core';
import { seededRandom } from '@syntrace/core';
import { CLUSTER_DEFAULTS, findGenerators, residualsOf } from '@syntrace/detector-noisescope';
import { createSyntrace } from 'syntrace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULTS, openCoordinator, openDatabase, type Running, startWorker } from '../dist/index.js';
import { type Cluster, noPostgres, startPostgres } from './postgres.js';
import { SESSION, temporary, until } from './service.js';

if (noPostgres) console.warn(`LEFT OUT: NoiseScope over several workers: ${noPostgres}`);
const SIDE = 32;
const COUNT = 40;

/** Noise, and in every other map a common pattern. */
function pile() {
  const random = seededRandom(5, 'pile');
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const pattern = Float32Array.from({ length: SIDE * SIDE }, normal);
  return residualsOf(
    SIDE,
    SIDE,
    Array.from({ length: COUNT }, (_, i) => Float32Array.from(pattern, value => normal() + (i % 2) * value)),
  );
}

describe.skipIf(noPostgres !== undefined)('NoiseScope over workers', () => {
  const data = temporary();
  const residuals = pile();
  const settings = { ...CLUSTER_DEFAULTS, mergeThreshold: 12, minimumCluster: 10, sample: 10, earlyStop: 1000 };
  const syntrace = createSyntrace({ backend: 'wasm', concurrency: 1 });
  let cluster: Cluster;
  let kernels: Kernels;
  let worker: Running | undefined;
  const coordinator = () =>
    openCoordinator({ database: cluster.address, data, s3Region: 'us-east-1', version: worker?.engine.version ?? version, backend: 'wasm', blockRows: 8 });
  let version = '';
  const count = async (sql: string) => {
    const database = await openDatabase({ database: cluster.address, data });
    const [row] = await database.query<{ count: string }>(sql);
    await database.close();
    return Number(row!.count);
  };
  const work = () =>
    startWorker({
      ...DEFAULTS,
      database: cluster.address,
      data,
      processes: 1,
      chunks: 1,
      heartbeatSeconds: 10,
      drainSeconds: 2,
      logLevel: 'silent',
      session: SESSION,
    });

  beforeAll(async () => {
    cluster = await startPostgres();
    kernels = await syntrace.kernels();
    worker = await work();
    version = worker.engine.version;
  }, 120_000);
  afterAll(async () => {
    await worker?.stop();
    await syntrace.close();
    cluster?.stop();
  });

  it('finds what one machine finds, also when the coordinator ends in between', async () => {
    const signal = new AbortController().signal;
    const alone = await findGenerators(residuals, null, settings, kernels, { signal });
    expect(Math.max(...alone.clustering.clusters.map(({ length }) => length))).toBeGreaterThanOrEqual(15);

    // The first coordinator ends while blocks wait for a worker that has gone.
    await worker!.stop();
    worker = undefined;
    const first = await coordinator();
    const stop = new AbortController();
    const broken = findGenerators(residuals, null, settings, kernels, { signal: stop.signal, finder: first });
    broken.catch(() => {});
    const jobs = "SELECT count(*) FROM syntrace_queue.job WHERE name LIKE 'pairs-%'";
    const blocks = await until(
      () => count(jobs),
      found => found > 0,
    );
    // Five parts of eight rows: each with itself and with those before it.
    expect(blocks).toBe(15);
    stop.abort();
    await expect(broken).rejects.toThrow();
    await first.close();

    worker = await work();
    await until(
      () => count('SELECT count(*) FROM syntrace.pair_block'),
      found => found === blocks,
    );
    const second = await coordinator();
    const found = await findGenerators(residuals, null, settings, kernels, { signal, finder: second });
    // Nothing of the first round was asked again.
    expect(
      await count(`${jobs} AND created_on < (SELECT max(made) FROM syntrace.pair_block) AND data->>'columns' IS NULL AND jsonb_array_length(data->'rows') = 8`),
    ).toBeGreaterThanOrEqual(5);
    expect(found.clustering).toEqual(alone.clustering);
    expect(found.verdicts).toEqual(alone.verdicts);
    await second.forget();
    await second.close();
    expect(await count('SELECT count(*) FROM syntrace.pair_block')).toBe(0);
  }, 120_000);
});
