import { type DestinationStream, destination, type Logger, pino } from 'pino';

/** Lines of JSON on standard error: addresses and sizes, never pictures, keys or what a key could be guessed from. */
export const loggerOptions = (level: string) => ({
  level,
  redact: ['req.headers.authorization', 'headers.authorization'],
  stream: destination(2) as DestinationStream,
  serializers: {
    req: (request: { method: string; url: string; ip: string; apiKey?: { id: string } | null }) => ({
      method: request.method,
      path: request.url.split('?')[0],
      ip: request.ip,
      key: request.apiKey?.id,
    }),
  },
});

export const createLog = (level: string): Logger => pino({ level, base: { pid: process.pid } }, destination(2));
