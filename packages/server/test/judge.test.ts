import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../dist/index.js';
import { client, picture, start, temporary } from './service.js';

let server: RunningServer;
let ask: ReturnType<typeof client>;
beforeAll(async () => {
  server = await start({ data: temporary(), judgeSeconds: 2, judgeMemory: 512, maxBytes: 1_000_000 });
  ask = client(server.address);
});
afterAll(() => server?.stop());

describe('one picture', () => {
  it('is judged as a raw body and as a form', async () => {
    const raw = await ask.judge(await picture(180), '?name=a.png');
    expect(raw.status).toBe(200);
    expect(raw.body).toMatchObject({
      path: 'a.png',
      width: 8,
      height: 8,
      verdict: 'synthetic',
      score: 80,
      threshold: 0,
      detectors: [{ id: 'first-sample', version: '1.2.3' }],
    });
    const form = new FormData();
    form.set('image', new Blob([(await picture(20)) as Uint8Array<ArrayBuffer>]), 'b.png');
    expect((await ask.send('POST', '/v1/detect', form)).body).toMatchObject({ path: 'b.png', verdict: 'real', score: -80 });
  });

  it('has its evidence drawn on demand', async () => {
    const { body } = await ask.judge(await picture(180), '?explain=true');
    expect(Buffer.from(body.explanations[0].png, 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect((await ask.judge(await picture(180))).body.explanations).toBeUndefined();
  });

  it('is refused by the typed error of its own fault', async () => {
    const cases = [
      [await ask.judge(new Uint8Array()), 422, 'IMAGE_EMPTY'],
      [await ask.judge(Buffer.from('no picture at all')), 422, 'IMAGE_FORMAT_UNKNOWN'],
      [await ask.judge((await picture(5)).slice(0, 60)), 422, 'IMAGE_TRUNCATED'],
      [await ask.judge(await picture(5), '?detectors=nobody'), 400, 'DETECTOR_UNKNOWN'],
      [await ask.judge(await picture(5), '?detectors=noisescope'), 400, 'USAGE'],
      [await ask.judge(new Uint8Array(1_000_001)), 413, 'REQUEST_TOO_LARGE'],
      [await ask.post('/v1/detect', { url: 'https://example.org/a.jpg' }), 403, 'IMAGE_HTTP_REFUSED'],
      [await ask.post('/v1/detect', { path: '/etc/passwd' }), 400, 'REQUEST_INVALID'],
      [await ask.post('/v1/detect', 'x', 'application/x-tar'), 400, 'REQUEST_INVALID'],
      [await ask.get('/v1/nothing'), 404, 'REQUEST_UNKNOWN'],
    ] as const;
    expect(cases.map(([{ status, body }]) => [status, body.error.code])).toEqual(cases.map(([, status, code]) => [status, code]));
    for (const [{ body }] of cases) expect(body.error.hint.length).toBeGreaterThan(5);
  });
});

describe('what native code does to a picture', () => {
  it('a crash, a hang and memory without end are typed errors, and the service goes on', async () => {
    const before = await ask.judge(await picture(150));
    const crash = await ask.judge(await picture(250));
    const hang = await ask.judge(await picture(251));
    const memory = await ask.judge(await picture(252));
    const after = await ask.judge(await picture(150));
    expect([crash, hang, memory].map(({ status, body }) => [status, body.error?.code])).toEqual([
      [422, 'JUDGE_CRASHED'],
      [422, 'JUDGE_TIMEOUT'],
      [422, 'JUDGE_MEMORY'],
    ]);
    expect(crash.body.error.message).toContain('SIGSEGV');
    expect([before.status, after.status]).toEqual([200, 200]);
  });

  it('in a batch costs that picture only, wherever it stands', async () => {
    const { body: batch } = await ask.post('/v1/batches', { source: { kind: 'upload' }, chunk: 10 });
    for (let i = 0; i < 10; i++)
      await ask.send('POST', `/v1/batches/${batch.id}/pictures?name=${i}`, (await picture(i === 3 || i === 7 ? 250 : i, i)) as never, {
        'content-type': 'image/png',
      });
    await ask.post(`/v1/batches/${batch.id}/seal`);
    const { body } = await ask.get(`/v1/batches/${batch.id}/results?follow=true`);
    const rows = body
      .trim()
      .split('\n')
      .map((line: string) => JSON.parse(line));
    expect(rows.map(({ path, error, score }: { path: string; error: { code: string } | null; score: number | null }) => [path, error?.code ?? score])).toEqual(
      Array.from({ length: 10 }, (_, i) => [String(i), i === 3 || i === 7 ? 'JUDGE_CRASHED' : i - 100]),
    );
  });
});

describe('operation', () => {
  it('tells health, readiness, detectors, metrics and its own description', async () => {
    expect((await ask.get('/health')).body).toEqual({ ok: true });
    expect((await ask.get('/ready')).body).toMatchObject({ ok: true, database: true, judge: true });
    const detectors = (await ask.get('/v1/detectors')).body;
    expect(detectors.find(({ id }: { id: string }) => id === 'first-sample')).toMatchObject({ byDefault: true, unit: 'image' });
    expect(detectors.find(({ id }: { id: string }) => id === 'frequency').card.licence).toBeTypeOf('string');
    const { body: metrics } = await ask.get('/metrics');
    expect(metrics).toMatch(/syntrace_judge_deaths_total\{kind="crash"\} \d/);
    expect(metrics).toMatch(/syntrace_pictures_total\{outcome="synthetic"\}/);
    expect((await ask.get('/v1/workers')).body).toMatchObject([{ state: 'working', sameEngine: true }]);
    const { body: api } = await ask.get('/openapi.json');
    expect(api.openapi).toBe('3.1.0');
    expect(Object.keys(api.paths['/v1/detect'].post.requestBody.content)).toContain('multipart/form-data');
    const page = await ask.get('/docs');
    expect(page.body).toContain('swagger-ui');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('answers no page that the user happens to visit', async () => {
    const foreign = await ask.send('GET', '/v1/detectors', undefined, { origin: 'https://evil.example' });
    expect([foreign.status, foreign.body.error.code, foreign.headers.get('access-control-allow-origin')]).toEqual([401, 'KEY_REFUSED', null]);
  });
});
