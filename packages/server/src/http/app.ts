import { randomUUID } from 'node:crypto';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { SyntraceError } from '@syntrace/core';
import Fastify from 'fastify';
import manifest from '../../package.json' with { type: 'json' };
import { loggerOptions } from '../log.js';
import { addAuth } from './auth.js';
import { batchRoutes } from './batch-routes.js';
import type { App, Service } from './context.js';
import { answerError } from './errors.js';
import { judgeRoutes } from './judge-routes.js';
import { resultRoutes } from './result-routes.js';
import { systemRoutes } from './system-routes.js';

const HEADERS_MS = 20_000;
const SMALL_BODY = 1024 * 1024;

/** The HTTP side of a service. */
export async function buildApp(service: Service): Promise<App> {
  const { options, admission, metrics } = service;
  const app: App = Fastify({
    logger: loggerOptions(options.logLevel),
    genReqId: () => randomUUID(),
    bodyLimit: SMALL_BODY,
    trustProxy: options.trustProxy,
    requestTimeout: 1000 * options.requestSeconds,
    http: { headersTimeout: Math.min(HEADERS_MS, 1000 * options.requestSeconds), connectionsCheckingInterval: 1000 },
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    answerError(new SyntraceError('REQUEST_UNKNOWN', { detail: `${request.method} route of this name` }), request, reply),
  );
  // Whatever comes as a picture is taken as bytes; what it is, the decoder says.
  for (const type of ['application/octet-stream', /^image\//])
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.requests.inc({ method: request.method, route, status: String(reply.statusCode) });
    metrics.latency.observe({ method: request.method, route }, reply.elapsedTime / 1000);
  });
  admission.install(app as never);

  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: { defaultSrc: ["'self'"], imgSrc: ["'self'", 'data:'], styleSrc: ["'self'", "'unsafe-inline'"], upgradeInsecureRequests: null },
    },
  });
  await app.register(cors, { origin: [...options.allowOrigin], methods: ['GET', 'POST', 'PUT', 'DELETE'], exposedHeaders: ['retry-after'], maxAge: 600 });
  await app.register(multipart, { limits: { fileSize: options.maxBytes, files: 1, fields: 8, fieldSize: 10_000, headerPairs: 100 } });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Syntrace',
        version: manifest.version,
        description: 'Tells whether pictures came out of a camera or out of a generative model. A verdict is evidence, not proof.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'an API key; none is needed on loopback until there is one' } } },
      security: [{ key: [] }],
    },
    transform: ({ schema, url, route }) => {
      const body = route.config?.body;
      return { schema: { ...schema, ...(body && { body }) } as never, url };
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { layout: 'BaseLayout', persistAuthorization: false, defaultModelsExpandDepth: 0 } });
  await addAuth(app as never, { ring: service.ring, host: options.host, perMinute: options.perMinute, allowOrigin: options.allowOrigin });
  app.addHook('onRequest', async request => {
    if (service.stopping && request.routeOptions.config.scope) throw new SyntraceError('SERVER_BUSY', { detail: 'the server is stopping', seconds: 5 });
  });

  systemRoutes(app, service);
  judgeRoutes(app, service);
  batchRoutes(app, service);
  resultRoutes(app, service);
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  return app;
}
