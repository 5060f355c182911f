import { messageOf, SyntraceError } from '@syntrace/core';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { statusOf } from './status.js';

/** Seconds after which whoever was refused for lack of room may come again; others are said by who refuses. */
const DATABASE_SECONDS = 2;

/** Every failure as `{ error: { code, message, hint } }`; what nobody foresaw is logged and answered without its words. */
export function answerError(error: FastifyError | SyntraceError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const typed = SyntraceError.is(error) ? error : typedFastify(error as FastifyError);
  if (!typed) {
    request.log.error({ err: error }, 'unforeseen error');
    return reply.code(500).send({ error: { code: 'INTERNAL', message: 'the server failed', hint: `Report it with the request's id ${request.id}.` } });
  }
  const status = statusOf(typed.code);
  if (status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', String(typed.details.seconds ?? DATABASE_SECONDS));
  // What was refused before its end is still being sent; there is nothing to keep the connection for.
  if ((status === 413 || status === 401 || status === 503) && !request.raw.complete) reply.header('connection', 'close');
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(status).send({ error: typed.toJSON() });
}

/** What Fastify and its plugins refuse, in our words. */
function typedFastify(error: FastifyError): SyntraceError | undefined {
  const status = error.statusCode ?? 500;
  if (error.validation) return new SyntraceError('REQUEST_INVALID', { detail: messageOf(error) }, error);
  if (status === 413) return new SyntraceError('REQUEST_TOO_LARGE', { detail: messageOf(error) }, error);
  if (status === 415) return new SyntraceError('REQUEST_INVALID', { detail: 'this kind of content is not taken here' }, error);
  if (status >= 400 && status < 500) return new SyntraceError('REQUEST_INVALID', { detail: messageOf(error) }, error);
  return undefined;
}
