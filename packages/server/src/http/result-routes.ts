import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { CONTENT_TYPE, formatted } from '../results/formats.js';
import { readResults } from '../results/read.js';
import type { App, Service } from './context.js';
import { BatchId, failures } from './schemas.js';

const Query = Type.Object({
  format: Type.Optional(Type.Union([Type.Literal('ndjson'), Type.Literal('csv'), Type.Literal('parquet')], { default: 'ndjson' })),
  after: Type.Optional(Type.Integer({ minimum: 0, default: 0, description: 'go on after this `seq`, the last one that was read' })),
  follow: Type.Optional(Type.Boolean({ default: false, description: 'wait for more until the batch has ended' })),
});

/** Results as a stream, also while the batch is running. */
export function resultRoutes(app: App, { database, batches }: Service): void {
  app.get(
    '/v1/batches/:id/results',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['batches'],
        summary: 'Results as NDJSON, CSV or Parquet',
        description: 'In the order in which they were written, also while the batch is running. Several reads of one batch give the same rows.',
        params: BatchId,
        querystring: Query,
        response: {
          200: {
            description: 'a row a picture',
            content: Object.fromEntries(Object.values(CONTENT_TYPE).map(type => [type.split(';')[0]!, { schema: { type: 'string' } }])),
          },
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { format = 'ndjson', after = 0, follow = false } = request.query;
      const { id } = await batches.find(request.params.id);
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const rows = readResults(database, id, { after, follow, signal: gone.signal });
      return reply
        .header('content-type', CONTENT_TYPE[format])
        .header('content-disposition', `attachment; filename="${id}.${format}"`)
        .send(Readable.from(formatted(format, rows), { objectMode: false }));
    },
  );
}
