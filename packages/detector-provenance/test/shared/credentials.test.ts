import { describe, expect, it } from 'vitest';
import { provenanceReader } from '../../src/provenance.js';
import { fixture, loadAsset } from '../platform/node.js';
import { ROOT, sign } from './sign.js';

const trusting = provenanceReader({ loadAsset, trustAnchors: ROOT });
const trustingNobody = provenanceReader({ loadAsset });

const signed = async (name: string, format: string, options?: Parameters<typeof sign>[2]) => sign(await fixture(name), format, options);
const FORMATS = [
  ['plain.jpg', 'image/jpeg'],
  ['plain.png', 'image/png'],
  ['lossless.webp', 'image/webp'],
  ['both.avif', 'image/avif'],
  ['both.heic', 'image/heic'],
  ['xmp.tif', 'image/tiff'],
  ['comment.gif', 'image/gif'],
] as const;

describe('a picture that the test signs itself', () => {
  it.each(FORMATS)('%s: valid with its anchor, untrusted without, refused after one byte', async (name, format) => {
    const bytes = await signed(name, format, { sourceType: 'trainedAlgorithmicMedia' });
    const { credential, signs, declared } = await trusting.read(bytes);
    expect(credential).toMatchObject({ status: 'valid', declares: 'synthetic', generator: 'Lake painter 1.0', failures: [] });
    expect(credential?.signer).toMatchObject({ name: 'Test signer', issuer: 'Syntrace tests' });
    expect(signs[0]).toMatchObject({ kind: 'c2pa', verified: 'valid', weight: 10 });
    expect(declared).toBe('synthetic');
    expect((await trustingNobody.read(bytes)).credential).toMatchObject({
      status: 'untrusted',
      declares: 'synthetic',
      failures: ['signingCredential.untrusted'],
    });

    const changed = Uint8Array.from(bytes);
    const at = pixelIn(bytes, await fixture(name));
    changed[at]! ^= 1;
    const after = await trusting.read(changed);
    expect(after.credential?.status).toBe('tampered');
    expect(after.signs[0]).toMatchObject({ kind: 'c2pa', verified: 'invalid', declares: 'none', weight: 0 });
    expect(after.credential?.statement).toMatch(/changed after signing/);
  });

  it('of an expired signer is neither valid nor tampered', async () => {
    const bytes = await signed('plain.jpg', 'image/jpeg', { signer: 'expired', sourceType: 'trainedAlgorithmicMedia' });
    expect((await trusting.read(bytes)).credential?.status).toBe('expired');
    expect((await trusting.read(bytes)).signs[0]).toMatchObject({ verified: 'invalid', weight: 0 });
  });

  it.each([
    ['compositeWithTrainedAlgorithmicMedia', 'composite'],
    ['algorithmicMedia', 'synthetic'],
    ['digitalCapture', 'capture'],
    ['digitalCreation', 'none'],
  ])('as %s is declared %s', async (sourceType, declares) => {
    expect((await trusting.read(await signed('plain.jpg', 'image/jpeg', { sourceType }))).declared).toBe(declares);
  });

  it('tells its history: edits of a synthetic picture stay synthetic, a synthetic part makes a composite', async () => {
    const made = await signed('plain.jpg', 'image/jpeg', { sourceType: 'trainedAlgorithmicMedia' });
    const edited = await trusting.read(await signed('plain.jpg', 'image/jpeg', { parent: made }));
    expect(edited).toMatchObject({ declared: 'synthetic', credential: { status: 'valid' } });
    expect(edited.credential?.history.join('; ')).toMatch(/opened.*made from parent.*ancestor: created as trainedAlgorithmicMedia/);
    const holding = await trusting.read(await signed('plain.jpg', 'image/jpeg', { sourceType: 'digitalCapture', component: made }));
    expect(holding.declared).toBe('composite');
  });

  it('whose manifest came from another picture is refused', async () => {
    const [one, other] = [await signed('plain.png', 'image/png', { sourceType: 'digitalCapture' }), await fixture('a1111.png')];
    const manifest = chunk(one, 'caBX');
    const stolen = new Uint8Array(other.length + manifest.length);
    stolen.set(other.subarray(0, 33));
    stolen.set(manifest, 33);
    stolen.set(other.subarray(33), 33 + manifest.length);
    const { credential, declared, signs } = await trusting.read(stolen);
    expect(credential?.status).toBe('tampered');
    expect(signs.map(sign => sign.id)).toEqual(['c2pa', 'a1111']);
    expect(declared).toBe('synthetic');
  });

  it('with two manifest stores is named so and not trusted', async () => {
    const one = await signed('plain.png', 'image/png', { sourceType: 'digitalCapture' });
    const manifest = chunk(one, 'caBX');
    const twice = new Uint8Array(one.length + manifest.length);
    twice.set(one.subarray(0, 33));
    twice.set(manifest, 33);
    twice.set(one.subarray(33), 33 + manifest.length);
    const { findings, signs, declared } = await trusting.read(twice);
    expect(findings.map(finding => finding.code)).toContain('C2PA_SEVERAL');
    expect(signs[0]?.verified).toBe('invalid');
    expect(declared).toBe('none');
  });
});

it('a manifest that nothing can check is said to be there', async () => {
  const bytes = await signed('plain.jpg', 'image/jpeg');
  const { credential, findings } = await provenanceReader().read(bytes);
  expect(credential).toBeNull();
  expect(findings.map(finding => finding.code)).toEqual(['C2PA_NOT_CHECKED']);
});

it('asks no server for a remote manifest unless allowed', async () => {
  expect((await trusting.read(await fixture('remote.jpg'))).findings.map(finding => finding.code)).toEqual(['C2PA_REMOTE']);
});

it('starts the C2PA module only for files with a manifest', async () => {
  let loads = 0;
  const reader = provenanceReader({
    loadAsset: url => {
      loads++;
      return loadAsset(url);
    },
  });
  await reader.read(await fixture('a1111.png'));
  await reader.read(await fixture('plain.jpg'));
  expect(loads).toBe(0);
  const bytes = await signed('plain.jpg', 'image/jpeg');
  await reader.read(bytes);
  await reader.read(bytes);
  expect(loads).toBe(1);
});

function chunk(png: Uint8Array, wanted: string): Uint8Array {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at))
    if (String.fromCharCode(...png.subarray(at + 4, at + 8)) === wanted) return png.slice(at, at + 12 + view.getUint32(at));
  throw new Error(`no ${wanted}`);
}

/** Where a byte of the coded pixels lies after signing: it is looked for with its neighbours. Metadata may stand at the end, so a WebP's is after its name. */
function pixelIn(signed: Uint8Array, original: Uint8Array): number {
  const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes);
  const webp = latin1(original).indexOf('VP8L');
  const from = webp >= 0 ? webp + 12 : original.length - 24;
  const at = latin1(signed).lastIndexOf(latin1(original.subarray(from, from + 10)));
  if (at < 0) throw new Error('the pixels are gone');
  return at;
}
