// An endpoint that judges what it is sent: `npm install fastify syntrace && node server.mjs`, then `curl --data-binary @photo.jpg http://127.0.0.1:3000/detect`
import Fastify from 'fastify';
import { createSyntrace, SyntraceError } from 'syntrace';

const syntrace = createSyntrace({ maxPixels: 50_000_000 });
const app = Fastify({ bodyLimit: 20 * 1024 * 1024 });
// Whatever comes is taken as bytes; what it is, the decoder says.
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

app.post('/detect', async ({ body }, reply) => {
  try {
    const { verdict, probability, score, threshold, detectors, warnings } = await syntrace.detect(new Uint8Array(body ?? []));
    return { verdict, probability, score, threshold, detectors: detectors.map(({ id, version, score }) => ({ id, version, score })), warnings };
  } catch (error) {
    if (!SyntraceError.is(error)) throw error;
    return reply.code(422).send({ error: error.toJSON() });
  }
});
app.addHook('onClose', () => syntrace.close());

const address = await app.listen({ port: Number(process.argv[2] ?? 3000), host: '127.0.0.1' });
console.log(JSON.stringify({ listening: address }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => app.close());
