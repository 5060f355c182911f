import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { SyntraceError } from '@syntrace/core';
import { Type } from 'typebox';
import { MOST_ITEMS } from '../batch/batches.js';
import type { App, Service } from './context.js';
import { progressEvents } from './events.js';
import { checkDetectors } from './judge-routes.js';
import { manifestItems } from './manifest.js';
import { Batch, BatchId, failures, NewBatch } from './schemas.js';

const binary = { type: 'string', format: 'binary' };
const UPLOADS = {
  content: {
    'image/*': { schema: binary },
    'application/octet-stream': { schema: binary },
    'multipart/form-data': { schema: { type: 'object', properties: { pictures: { type: 'array', items: binary } } } },
  },
};
const MANIFEST = { content: { 'application/x-ndjson': { schema: { type: 'string', description: 'a line a picture: { "uri": "…", "label": "real" }' } } } };
const tags = ['batches'];
/** Pictures of one form. */
const MOST_FILES = 1000;

/** Batches: made, filled, sealed, watched, cancelled, tried again, deleted. */
export function batchRoutes(app: App, service: Service): void {
  const { batches, engine, options, store } = service;
  const steer = { config: { scope: 'batch' as const } };
  const look = { config: { scope: 'read' as const } };
  const answer = { params: BatchId, response: { 200: Batch, ...failures } };
  app.addContentTypeParser(['application/x-ndjson', 'application/ndjson', 'text/plain'], { bodyLimit: options.maxBody }, (_request, payload, done) =>
    done(null, payload),
  );

  app.post(
    '/v1/batches',
    { ...steer, schema: { tags, summary: 'Make a batch', body: NewBatch, response: { 201: Batch, ...failures } } },
    async (request, reply) => {
      if (request.body.detectors) checkDetectors(request.body.detectors, engine);
      const { source } = request.body;
      await service.sources.check(source.kind === 's3' ? { prefix: '', ...source } : source);
      const row = await batches.create(request.body, request.apiKey?.id ?? null);
      return reply.code(201).send(await batches.describe(row));
    },
  );

  app.get(
    '/v1/batches',
    {
      ...look,
      schema: {
        tags,
        summary: 'The newest batches',
        querystring: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })) }),
        response: { 200: Type.Array(Batch), ...failures },
      },
    },
    async request => Promise.all((await batches.list(request.query.limit ?? 100)).map(row => batches.describe(row))),
  );

  app.get('/v1/batches/:id', { ...look, schema: { tags, summary: 'State and progress', ...answer } }, async request =>
    batches.describe(await batches.find(request.params.id)),
  );

  app.get(
    '/v1/batches/:id/events',
    {
      ...look,
      schema: {
        tags,
        summary: 'Progress as server-sent events',
        params: BatchId,
        response: {
          200: { description: 'events progress and end, each with the batch', content: { 'text/event-stream': { schema: { type: 'string' } } } },
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id } = await batches.find(request.params.id);
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const events = Readable.from(progressEvents(service, id, gone.signal), { objectMode: false });
      return reply
        .header('content-type', 'text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(events as never);
    },
  );

  app.post(
    '/v1/batches/:id/pictures',
    {
      ...steer,
      bodyLimit: options.maxBody,
      config: { ...steer.config, body: UPLOADS },
      schema: {
        tags,
        summary: 'Add pictures to a batch of uploads',
        params: BatchId,
        querystring: Type.Object({ name: Type.Optional(Type.String({ maxLength: 1000 })), label: Type.Optional(Type.String({ maxLength: 100 })) }),
        response: { 201: Type.Object({ added: Type.Integer() }), ...failures },
      },
    },
    async (request, reply) => {
      const { id, source, state } = await batches.find(request.params.id);
      if (source.kind !== 'upload') throw new SyntraceError('BATCH_STATE', { id, state, detail: `its pictures come from a ${source.kind}` });
      const { name, label } = request.query;
      const keep = async (uri: string, bytes: Uint8Array) => {
        const key = `uploads/${id}/${randomUUID()}`;
        await store.put(key, bytes);
        await batches.addUpload(id, { uri: uri.slice(0, 1000), at: `store:${key}`, ...(label !== undefined && { label }) });
      };
      let added = 0;
      if (request.isMultipart()) {
        for await (const part of request.files({ limits: { files: MOST_FILES, fileSize: options.maxBytes } })) {
          await keep(part.filename || 'picture', await part.toBuffer());
          added++;
        }
      } else if (Buffer.isBuffer(request.body)) {
        if (request.body.length > options.maxBytes)
          throw new SyntraceError('IMAGE_TOO_LARGE', { uri: name ?? 'picture', detail: `more than ${options.maxBytes} bytes` });
        await keep(name ?? 'picture', request.body);
        added = 1;
      }
      if (added === 0) throw new SyntraceError('REQUEST_INVALID', { detail: 'send a picture as the body, or a form with files' });
      return reply.code(201).send({ added });
    },
  );

  app.post(
    '/v1/batches/:id/manifest',
    {
      ...steer,
      config: { ...steer.config, body: MANIFEST },
      schema: {
        tags,
        summary: 'Add a list to a batch of a manifest',
        description: `All of it or nothing; at most ${MOST_ITEMS} lines at a time.`,
        params: BatchId,
        response: { 200: Batch, ...failures },
      },
    },
    async request => {
      const { id, source, state } = await batches.find(request.params.id);
      if (source.kind !== 'manifest') throw new SyntraceError('BATCH_STATE', { id, state, detail: `its pictures come from a ${source.kind}` });
      const items = await manifestItems(request.body, { maxBody: options.maxBody, check: uri => service.sources.checkEntry(uri) });
      return batches.describe(await batches.addList(id, items));
    },
  );

  app.post('/v1/batches/:id/seal', { ...steer, schema: { tags, summary: 'Nothing more comes', ...answer } }, async request =>
    batches.describe(await batches.seal(request.params.id)),
  );
  app.post('/v1/batches/:id/cancel', { ...steer, schema: { tags, summary: 'Stop judging; what is judged stays', ...answer } }, async request =>
    batches.describe(await batches.cancel(request.params.id)),
  );
  app.post('/v1/batches/:id/retry', { ...steer, schema: { tags, summary: 'Judge again what failed', ...answer } }, async request =>
    batches.describe(await batches.retryFailed(request.params.id)),
  );
  app.delete(
    '/v1/batches/:id',
    { ...steer, schema: { tags, summary: 'Delete a batch with its results', params: BatchId, response: { 204: Type.Null(), ...failures } } },
    async (request, reply) => {
      await batches.remove(request.params.id);
      await store.removeAll(`uploads/${request.params.id}/`);
      return reply.code(204).send(null);
    },
  );
}
