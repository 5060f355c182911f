import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/fakes.js';
import { checkSum, loadArtifact, sha256 } from './artifact.js';

const weights = new TextEncoder().encode('abc');
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const CARD = { format: 1, detector: 'x', threshold: 0, abstention: null, calibration: null, realScoreQuantiles: [], files: { 'model.safetensors': ABC } };

/** A folder in memory that remembers what was read. */
function folder(card: unknown, files: Record<string, Uint8Array> = { 'model.safetensors': weights }) {
  const read: string[] = [];
  const text = typeof card === 'string' ? card : JSON.stringify(card);
  const all: Record<string, Uint8Array> = { ...files, 'model.json': new TextEncoder().encode(text) };
  const load = async (url: URL) => {
    read.push(url.href);
    const bytes = url.href.startsWith('file:///models/x/') ? all[url.pathname.slice('/models/x/'.length)] : undefined;
    if (!bytes) throw new Error('ENOENT');
    return bytes;
  };
  return { read, load, open: (url = 'file:///models/x') => loadArtifact(new URL(url), load) };
}

describe('loadArtifact', () => {
  it.each(['file:///models/x', 'file:///models/x/', 'file:///models/x?version=1'])('reads the card and its files beside it: %s', async url => {
    const { card, files } = await folder(CARD).open(url);
    expect(card.detector).toBe('x');
    expect(files).toEqual(new Map([['model.safetensors', weights]]));
  });

  it('refuses a file whose bytes are not those of the card', async () => {
    const changed = new TextEncoder().encode('abd');
    const error = await errorOf(folder(CARD, { 'model.safetensors': changed }).open);
    expect(error).toMatchObject({ code: 'ARTIFACT_CHECKSUM', details: { file: 'model.safetensors', expected: ABC, found: await sha256(changed) } });
  });

  it('says which file is missing', async () => {
    expect(await errorOf(folder(CARD, {}).open)).toMatchObject({ code: 'ARTIFACT_MISSING', details: { file: 'x/model.safetensors' } });
    expect(await errorOf(() => folder(CARD).open('file:///nowhere'))).toMatchObject({ code: 'ARTIFACT_MISSING', details: { file: 'nowhere/model.json' } });
  });

  it.each([
    '../secret',
    '/etc/passwd',
    'sub/file',
    'sub\\file',
    '..',
    '.',
    '.hidden',
    '',
    'file:///etc/passwd',
    'https://example.org/x',
    '%2e%2e%2fsecret',
    'C:x',
    'a\nb',
    'a b',
    'weights\u0000',
  ])('refuses the name %j and reads nothing but the card', async name => {
    const { open, read } = folder({ ...CARD, files: { [name]: ABC } });
    expect((await errorOf(open)).code).toBe('ARTIFACT_INVALID');
    expect(read).toEqual(['file:///models/x/model.json']);
  });

  it.each<[string, unknown]>([
    ['not JSON', '{'],
    ['null', 'null'],
    ['a number', '5'],
    ['another format', { ...CARD, format: 2 }],
    ['no detector', { ...CARD, detector: undefined }],
    ['no threshold', { ...CARD, threshold: undefined }],
    ['an infinite threshold', JSON.stringify(CARD).replace('"threshold":0', '"threshold":1e999')],
    ['no calibration, not even null', { ...CARD, calibration: undefined }],
    ['a calibration without slope', { ...CARD, calibration: { method: 'platt', intercept: 0 } }],
    ['another calibration', { ...CARD, calibration: { method: 'isotonic', slope: 1, intercept: 0 } }],
    ['a band the wrong way round', { ...CARD, abstention: [1, 0] }],
    ['a band of words', { ...CARD, abstention: ['a', 'b'] }],
    ['no quantiles', { ...CARD, realScoreQuantiles: undefined }],
    ['quantiles that fall', { ...CARD, realScoreQuantiles: [1, 0] }],
    ['quantiles with null', { ...CARD, realScoreQuantiles: [0, null, 1] }],
    ['no files', { ...CARD, files: undefined }],
    ['files as a list', { ...CARD, files: [ABC] }],
    ['a checksum that is no text', { ...CARD, files: { 'model.safetensors': 5 } }],
  ])('refuses a card: %s', async (_, card) => {
    expect((await errorOf(folder(card).open)).code).toBe('ARTIFACT_INVALID');
  });
});

describe('sha256 and checkSum', () => {
  it('is the SHA-256 of FIPS 180-4, also of a view', async () => {
    expect(await sha256(weights)).toBe(ABC);
    expect(await sha256(new TextEncoder().encode('xabcx').subarray(1, 4))).toBe(ABC);
  });

  it('takes hex in either case', async () => {
    await checkSum('x', weights, ABC.toUpperCase());
    expect((await errorOf(() => checkSum('x', weights, ABC.replace('b', 'c')))).code).toBe('ARTIFACT_CHECKSUM');
  });
});
