import { isIP } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import { SyntraceError } from '@syntrace/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiKey, KeyRing, Scope } from '../keys/keys.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; `null` on loopback without keys. */
    apiKey: ApiKey | null;
  }
  interface FastifyContextConfig {
    /** What a key must be allowed to; without it the route is open. */
    scope?: Scope;
  }
}

export interface AuthOptions {
  readonly ring: KeyRing;
  readonly host: string;
  readonly perMinute: number;
  readonly allowOrigin: readonly string[];
}

/** Wrong keys from one address a minute, before it must wait. */
const GUESSES = 20;

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Keys, scopes and limits, before anything of a request's body is read. */
export async function addAuth(app: FastifyInstance, { ring, host, perMinute, allowOrigin }: AuthOptions): Promise<void> {
  await app.register(rateLimit, { global: false });
  app.decorateRequest('apiKey', null);
  const guesses = app.createRateLimit({ max: GUESSES, timeWindow: '1 minute', keyGenerator: request => request.ip });
  const limit = app.createRateLimit({
    timeWindow: '1 minute',
    max: request => request.apiKey?.perMinute ?? perMinute,
    keyGenerator: request => request.apiKey?.id ?? 'local',
  });

  const refuse = async (request: FastifyRequest, reply: FastifyReply, detail: string): Promise<never> => {
    const { isAllowed, ...state } = await guesses(request);
    if (!isAllowed && 'isExceeded' in state && state.isExceeded) throw limited(reply, 'wrong keys', state.ttlInSeconds);
    throw new SyntraceError('KEY_REFUSED', { detail });
  };

  const identify = async (request: FastifyRequest, reply: FastifyReply): Promise<ApiKey | null> => {
    const header = request.headers.authorization;
    if (header === undefined) {
      if (isLoopback(host) && !(await ring.hasKeys())) {
        checkLocal(request, allowOrigin);
        return null;
      }
      return refuse(request, reply, 'none was sent');
    }
    const [, text] = /^Bearer\s+(\S+)$/i.exec(header) ?? [];
    const before = await guesses(request, { increment: false });
    // Many may come from one address (a proxy's): whoever has a key that works does not wait for those who guess.
    if (!before.isAllowed && before.remaining <= 0 && !(text && ring.knows(text))) throw limited(reply, 'wrong keys', before.ttlInSeconds);
    if (!text) return refuse(request, reply, 'the header is not `Authorization: Bearer KEY`');
    try {
      return await ring.check(text);
    } catch (error) {
      if (!SyntraceError.is(error, 'KEY_REFUSED')) throw error;
      return refuse(request, reply, String(error.details.detail));
    }
  };

  app.addHook('onRequest', async (request, reply) => {
    const { scope } = request.routeOptions.config;
    if (!scope || request.method === 'OPTIONS') return;
    request.apiKey = await identify(request, reply);
    if (request.apiKey && !request.apiKey.scopes.includes(scope)) throw new SyntraceError('KEY_SCOPE', { scope });
    const state = await limit(request);
    if (!state.isAllowed && state.isExceeded) throw limited(reply, `more than ${state.max} a minute`, state.ttlInSeconds);
  });
}

function limited(reply: FastifyReply, detail: string, seconds: number): SyntraceError {
  reply.header('retry-after', String(Math.max(1, seconds)));
  return new SyntraceError('SERVER_LIMIT', { detail });
}

/** Without keys the server is the user's own; a page that the user happens to visit is not, whatever name it gives this machine. */
function checkLocal(request: FastifyRequest, allowOrigin: readonly string[]): void {
  if (!isLoopback(request.hostname.replace(/^\[|\]$/g, '')))
    throw new SyntraceError('KEY_REFUSED', { detail: `${request.hostname} is not this machine's own name` });
  const { origin } = request.headers;
  if (origin !== undefined && !allowOrigin.includes(origin) && !isOwn(origin, request.host))
    throw new SyntraceError('KEY_REFUSED', { detail: `pages of ${origin.slice(0, 200)} are not allowed (--allow-origin)` });
}

const isOwn = (origin: string, host: string): boolean => origin === `http://${host}` || origin === `https://${host}`;
