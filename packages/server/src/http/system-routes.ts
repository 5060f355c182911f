import { Type } from 'typebox';
import type { App, Service } from './context.js';
import { DetectorInfo, failures, Worker } from './schemas.js';

const Ok = Type.Object({ ok: Type.Boolean() });
const Ready = Type.Object({ ok: Type.Boolean(), database: Type.Boolean(), judge: Type.Boolean(), stopping: Type.Boolean() });

/** Health, readiness, metrics, detectors and workers. */
export function systemRoutes(app: App, service: Service): void {
  const { engine, judge, database, metrics } = service;

  app.get(
    '/health',
    { logLevel: 'warn', schema: { tags: ['operation'], summary: 'Whether the process lives', security: [], response: { 200: Ok } } },
    async () => ({
      ok: true,
    }),
  );

  app.get(
    '/ready',
    {
      logLevel: 'warn',
      schema: {
        tags: ['operation'],
        summary: 'Whether it can take work: database, judging processes, not stopping',
        security: [],
        response: { 200: Ready, 503: Ready },
      },
    },
    async (_request, reply) => {
      const [data, judging] = await Promise.all([succeeds(database.query('SELECT 1')), succeeds(judge.engine())]);
      const ok = data && judging && !service.stopping;
      return reply.code(ok ? 200 : 503).send({ ok, database: data, judge: judging, stopping: service.stopping });
    },
  );

  app.get(
    '/metrics',
    {
      logLevel: 'warn',
      config: { scope: 'metrics' },
      schema: { tags: ['operation'], summary: 'Prometheus metrics', produces: ['text/plain'], response: { ...failures } },
    },
    async (_request, reply) => {
      await service.batches.measure(metrics).catch(() => {});
      return reply.header('content-type', metrics.registry.contentType).send((await metrics.registry.metrics()) as never);
    },
  );

  app.get(
    '/v1/detectors',
    {
      config: { scope: 'read' },
      schema: { tags: ['detectors'], summary: 'Detectors with their model cards', response: { 200: Type.Array(DetectorInfo), ...failures } },
    },
    async () => engine.detectors.map(detector => ({ ...detector, byDefault: engine.defaults.includes(detector.id) })),
  );

  app.get(
    '/v1/workers',
    { config: { scope: 'read' }, schema: { tags: ['operation'], summary: 'Workers of the last hour', response: { 200: Type.Array(Worker), ...failures } } },
    async () => service.batches.workers(),
  );
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  Promise.race([work.then(() => true), new Promise<boolean>(resolve => setTimeout(resolve, 3000, false).unref())]).catch(() => false);
