import { describe, expect, it } from 'vitest';
import { provenanceReader } from '../../src/provenance.js';
import { fixture, loadAsset } from '../platform/node.js';
import { REMOTE, REVOCATION, ROOT, sign, signApart } from './sign.js';

/** A network of one answer that notes what it was asked. */
function network(answer: (url: string) => Response) {
  const asked: string[] = [];
  const fetch = async ({ url }: Request): Promise<Response> => {
    asked.push(url);
    return answer(url);
  };
  return { asked, fetch };
}
const bytesOf = (bytes: Uint8Array) => new Response(bytes as Uint8Array<ArrayBuffer>);
const read = (bytes: Uint8Array, fetch?: (request: Request) => Promise<Response>) =>
  provenanceReader({ loadAsset, trustAnchors: ROOT, ...(fetch && { network: fetch }) }).read(bytes);

describe('revocation', () => {
  const signed = async () => sign(await fixture('plain.jpg'), 'image/jpeg', { signer: 'watched', sourceType: 'trainedAlgorithmicMedia' });

  it('is asked of nobody unless the caller allows the network', async () => {
    expect((await read(await signed())).credential).toMatchObject({ status: 'valid', declares: 'synthetic' });
  });

  it.each([
    ['good', 'valid', 'synthetic'],
    ['revoked', 'revoked', 'none'],
  ] as const)('a certificate that the server calls %s is %s', async (answer, status, declared) => {
    const { asked, fetch } = network(() => bytesOf(REVOCATION[answer]));
    const result = await read(await signed(), fetch);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(url => url.startsWith(REVOCATION.server))).toBe(true);
    expect(result.credential?.status).toBe(status);
    expect(result.declared).toBe(declared);
    if (status === 'revoked') expect(result.signs[0]).toMatchObject({ verified: 'invalid', weight: 0 });
  });

  it.each([
    ['is not there', () => Promise.reject(new TypeError('no route'))],
    ['answers with an error', async () => new Response('', { status: 500 })],
    ['answers with nonsense', async () => new Response('nonsense')],
  ])('a server that %s changes nothing', async (_, fetch) => {
    expect((await read(await signed(), fetch)).credential?.status).toBe('valid');
  });
});

describe('a manifest kept apart', () => {
  it('is fetched where the caller allows it, and fits its own picture only', async () => {
    const { picture, manifest } = await signApart(await fixture('plain.jpg'), 'image/jpeg', { sourceType: 'trainedAlgorithmicMedia' });
    const told = await read(picture);
    expect(told).toMatchObject({ credential: null, declared: 'none' });
    expect(told.findings.map(finding => finding.code)).toEqual(['C2PA_REMOTE']);

    const { asked, fetch } = network(() => bytesOf(manifest));
    const fetched = await read(picture, fetch);
    expect(asked).toEqual([REMOTE]);
    expect(fetched).toMatchObject({ credential: { status: 'valid' }, declared: 'synthetic', findings: [] });

    const changed = Uint8Array.from(picture);
    changed[changed.length - 10]! ^= 1;
    expect((await read(changed, fetch)).credential?.status).toBe('tampered');
  });

  it('that cannot be had is a finding', async () => {
    const { picture } = await signApart(await fixture('plain.jpg'), 'image/jpeg');
    for (const fetch of [
      () => Promise.reject(new TypeError('no route')),
      async () => new Response('', { status: 404 }),
      async () => new Response('nonsense'),
    ]) {
      const { credential, findings } = await read(picture, fetch);
      expect(credential?.status).toBe('unreadable');
      expect(findings.map(finding => finding.code)).toEqual(['C2PA_UNREADABLE']);
    }
  });
});
