import { describe, expect, it } from 'vitest';
import { overdue, parseTrustList } from '../../src/c2pa/trust-list.js';
import { provenanceReader } from '../../src/provenance.js';
import { fixture, loadAsset } from '../platform/node.js';
import { ROOT, sign } from './sign.js';

const base64 = ROOT.replace(/-----[A-Z ]+-----|\s/g, '');
const service = (ServiceStatus: string, val = base64) => ({
  TrustedEntityServices: [{ ServiceInformation: { ServiceStatus, ServiceDigitalIdentity: { X509Certificates: [{ val }] } } }],
});
const TRUSTED = 'http://c2pa.org/conformance/trust-list/trusted';
/** A list in the form in which the C2PA publishes its own. */
const published = (entities: readonly unknown[], NextUpdate = '2999-01-01T00:00:00Z') =>
  JSON.stringify({
    LoTE: {
      ListAndSchemeInformation: { SchemeName: [{ lang: 'en', value: 'Lake Trust List' }], ListIssueDateTime: '2026-08-05T00:11:39Z', NextUpdate },
      TrustedEntitiesList: entities,
    },
  });

describe('a trust list', () => {
  it('dated as the C2PA publishes it makes its signers valid, and is named', async () => {
    const list = parseTrustList(published([service(TRUSTED)]));
    expect(list).toMatchObject({ name: 'the Lake Trust List of 2026-08-05', issued: '2026-08-05', nextUpdate: '2999-01-01' });
    const bytes = await sign(await fixture('plain.jpg'), 'image/jpeg', { sourceType: 'digitalCapture' });
    const { credential, findings } = await provenanceReader({ loadAsset, trustAnchors: [list] }).read(bytes);
    expect(credential?.status).toBe('valid');
    expect(credential?.statement).toMatch(/vouched for by the Lake Trust List of 2026-08-05/);
    expect(findings).toEqual([]);
  });

  it('that is overdue says so beside the answer', async () => {
    const list = parseTrustList(published([service(TRUSTED)], '2026-09-01T00:00:00Z'));
    expect(overdue([list], new Date('2026-08-31'))).toEqual([]);
    const { credential, findings } = await provenanceReader({ loadAsset, trustAnchors: [list] }).read(
      await sign(await fixture('plain.jpg'), 'image/jpeg', { sourceType: 'digitalCapture' }),
    );
    expect([credential?.status, findings.map(finding => finding.code)]).toEqual(['valid', ['C2PA_TRUST_LIST_OLD']]);
  });

  it('leaves out whom it no longer trusts', () => {
    const list = parseTrustList(published([service(TRUSTED), service('http://c2pa.org/conformance/trust-list/revoked')]));
    expect(list.anchors.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
  });

  it('may be plain certificates', () => {
    expect(parseTrustList(ROOT)).toEqual({ name: 'your trust anchors', issued: null, nextUpdate: null, anchors: ROOT });
  });

  it.each([
    ['nothing', '', /neither certificates/],
    ['other JSON', '{"a":1}', /names no certificate/],
    ['a list of nobody', published([]), /names no certificate/],
    ['a list of the struck off', published([service('x/revoked')]), /names no certificate/],
    ['no certificate', published([service(TRUSTED, '<script>')]), /names no certificate/],
  ])('of %s is refused with a reason', (_, text, reason) => {
    expect(() => parseTrustList(text)).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(reason) }));
  });
});
