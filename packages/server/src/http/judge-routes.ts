import { SyntraceError } from '@syntrace/core';
import { readSource } from '@syntrace/image-io';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isFailedRow } from 'syntrace/session';
import { reworded } from '../judge/child-process.js';
import { answerFingerprint } from '../judge/engine.js';
import type { Answer, Ask, Engine, Picture } from '../judge/messages.js';
import { traced } from '../telemetry.js';
import type { App, Service } from './context.js';
import { failures, Judgement, JudgeQuery, JudgeUrl } from './schemas.js';

const binary = { type: 'string', format: 'binary' };
const BODY = {
  content: {
    'image/*': { schema: binary },
    'application/octet-stream': { schema: binary },
    'multipart/form-data': { schema: { type: 'object', required: ['image'], properties: { image: binary } } },
    'application/json': { schema: JudgeUrl },
  },
};

/** `POST /v1/detect`: one picture, while the client waits. */
export function judgeRoutes(app: App, service: Service): void {
  const { options, judge, engine, metrics, admission } = service;
  app.post(
    '/v1/detect',
    {
      onRequest: admission.enter,
      bodyLimit: options.maxBytes,
      config: { scope: 'judge', body: BODY },
      schema: {
        tags: ['judge'],
        summary: 'Judge one picture',
        description:
          'The picture as the body itself, as multipart/form-data, or its address as JSON where the operator allows it. A verdict is evidence, not proof.',
        querystring: JudgeQuery,
        response: { 200: Judgement, ...failures },
      },
    },
    async (request, reply) => {
      const ask = askOf(request.query, engine);
      const picture = await pictureOf(request, request.query.name, service);
      const start = performance.now();
      const [answer] = await traced('judge', { 'syntrace.bytes': picture.bytes.length }, () =>
        judge.judge([picture], ask, { urgent: true, signal: untilGone(request, reply) }),
      );
      admission.took((performance.now() - start) / 1000);
      metrics.pictures.inc({ outcome: isFailedRow(answer!.row) ? answer!.row.error.code : answer!.row.verdict });
      return judgementOf(answer!, answerFingerprint(engine, ask.detectors));
    },
  );
}

/** What a request asks of the detectors. @throws DETECTOR_UNKNOWN, USAGE */
export function askOf({ detectors, explain }: { readonly detectors?: string; readonly explain?: boolean }, engine: Engine): Ask {
  const ids = detectors?.split(',').filter(id => id !== '');
  if (ids) checkDetectors(ids, engine);
  return { ...(ids && ids.length > 0 && { detectors: ids }), ...(explain && { explain }) };
}

/** @throws DETECTOR_UNKNOWN, USAGE for a detector of collections */
export function checkDetectors(ids: readonly string[], engine: Engine): void {
  for (const id of ids) {
    const known = engine.detectors.find(detector => detector.id === id);
    if (!known) throw new SyntraceError('DETECTOR_UNKNOWN', { id: id.slice(0, 100), nearest: '', available: engine.detectors.map(each => each.id).join(', ') });
    if (known.unit !== 'image') throw new SyntraceError('USAGE', { detail: `detector ${id} judges collections, not single pictures` });
  }
}

async function pictureOf(request: FastifyRequest, name: string | undefined, { options }: Service): Promise<Picture> {
  if (request.isMultipart()) {
    const file = await request.file({ limits: { fileSize: options.maxBytes, files: 1 } });
    if (!file) throw new SyntraceError('REQUEST_INVALID', { detail: 'the form holds no file' });
    return { uri: name ?? file.filename ?? 'picture', bytes: await file.toBuffer() };
  }
  const { body } = request;
  if (Buffer.isBuffer(body)) {
    if (body.length === 0) throw new SyntraceError('IMAGE_EMPTY', { uri: name ?? 'picture' });
    return { uri: name ?? 'picture', bytes: body };
  }
  const url = (body as { url?: unknown } | null)?.url;
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url))
    throw new SyntraceError('REQUEST_INVALID', { detail: 'send a picture as the body, a form with a file, or { "url": "https://…" }' });
  const { uri, bytes } = await readSource(url, { allowHttp: options.allowHttp, maxBytes: options.maxBytes });
  return { uri: name ?? uri, bytes };
}

/** Fires when the client has gone before its answer. */
function untilGone(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => reply.raw.writableFinished || controller.abort());
  if (request.raw.destroyed && !request.raw.complete) controller.abort();
  return controller.signal;
}

function judgementOf({ row, camera, explanations }: Answer, engine: string) {
  if (isFailedRow(row)) throw reworded(row.error);
  return {
    ...row,
    detectors: [...row.detectors],
    warnings: [...row.warnings],
    camera,
    engine,
    ...(explanations && { explanations: explanations.map(({ png, ...drawn }) => ({ ...drawn, png: Buffer.from(png).toString('base64') })) }),
  };
}
