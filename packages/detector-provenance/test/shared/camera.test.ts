import { describe, expect, it } from 'vitest';
import { provenanceReader } from '../../src/provenance.js';
import { fixture } from '../platform/node.js';
import { ascii, jpegSegment, jpegWith, tiffOf } from './make-files.js';

const reader = provenanceReader();
const read = async (name: string) => {
  const { camera, findings, ...rest } = await reader.read(await fixture(name));
  return { ...rest, camera, codes: findings.map(finding => finding.code) };
};

describe('the camera side', () => {
  it('that agrees with itself is told as evidence that can be copied', async () => {
    const { camera, codes, declared, signs } = await read('camera.jpg');
    expect(camera).toMatchObject({ make: 'NIKON CORPORATION', model: 'NIKON D750', makerNote: { fits: true }, sizeFits: true, time: '2026:01:02 03:04:05' });
    expect(camera?.statements[0]).toMatch(/metadata can be copied/);
    expect([codes, declared, signs]).toEqual([[], 'none', []]);
  });

  it('that does not is a finding, which declares nothing', async () => {
    const { camera, codes, declared } = await read('camera-differs.jpg');
    expect(camera).toMatchObject({ makerNote: { fits: false }, sizeFits: false });
    expect([codes, declared]).toEqual([['MAKER_DIFFERS', 'SIZE_DIFFERS'], 'none']);
  });

  it('compares the shape of the thumbnail', async () => {
    expect((await read('thumbnail.jpg')).camera?.thumbnail).toEqual({ width: 24, height: 16, shapeFits: true, match: null });
    expect((await read('thumbnail-differs.jpg')).codes).toEqual(['THUMBNAIL_DIFFERS']);
  });
});

describe('maker notes', () => {
  it.each([
    ['canon.jpg', { fits: true, model: 'IMG:PowerShot G2 JPEG', serial: '4711', inPlace: true, modelFits: true, serialFits: true }, []],
    [
      'canon-other.jpg',
      { fits: true, model: 'Canon EOS 20D', serial: '4711', inPlace: true, modelFits: false, serialFits: false },
      ['MODEL_DIFFERS', 'SERIAL_DIFFERS'],
    ],
    ['canon-moved.jpg', { fits: true, model: null, inPlace: false, modelFits: null, serialFits: null }, ['MAKER_MOVED']],
    ['nikon.jpg', { fits: true, serial: '6001234', inPlace: true, serialFits: true }, []],
  ])('%s', async (name, note, codes) => {
    const { camera, codes: found } = await read(name);
    expect(camera?.makerNote).toMatchObject(note);
    expect(found).toEqual(codes);
  });

  it('without a mark are judged by nobody', async () => {
    const [make, note] = [0x48414c00, 0x01020304];
    const bytes = jpegWith(
      jpegSegment(
        0xe1,
        ascii('Exif\0\0'),
        tiffOf([
          [271, 2, 4, make],
          [37500, 7, 4, note],
        ]),
      ),
    );
    expect((await reader.read(bytes)).camera).toMatchObject({ make: 'HAL', makerNote: { fits: null, inPlace: null } });
  });
});

describe('quantisation tables', () => {
  it("of the IJG's encoder have a quality and no author", async () => {
    expect((await read('plain.jpg')).camera?.tables).toEqual({ ijgQuality: 90, names: [], claimFits: null });
  });

  it.each([
    ['Adobe Photoshop CS2 Macintosh', true, []],
    ['Some Raw Converter 3', false, ['TABLES_DIFFER']],
  ])('of Photoshop beside the software %s: %s', async (software, claimFits, codes) => {
    const { camera, findings } = await reader.read(photoshop(software));
    expect(camera?.tables).toEqual({ ijgQuality: null, names: ['Adobe Lightroom', 'Adobe Photoshop, Quality 0'], claimFits });
    expect(findings.map(finding => finding.code)).toEqual(codes);
  });

  it('that nobody is known to write are nothing', async () => {
    const odd = jpegWith(
      jpegSegment(
        0xdb,
        Uint8Array.from({ length: 65 }, (_, i) => i),
      ),
    );
    expect((await reader.read(odd)).camera).toBeNull();
  });
});

/** Quality 0 of Photoshop's dialogue, as its files have it. */
const PHOTOSHOP = {
  luma: [
    32, 33, 33, 51, 36, 51, 81, 48, 48, 81, 66, 47, 47, 47, 66, 39, 28, 28, 28, 28, 39, 34, 23, 23, 23, 23, 23, 34, 17, 12, 12, 12, 12, 12, 12, 17, 12, 12, 12,
    12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12,
  ],
  chroma: [
    34, 51, 51, 52, 38, 52, 34, 24, 24, 34, 20, 14, 14, 14, 20, 20, 14, 14, 14, 14, 20, 17, 12, 12, 12, 12, 12, 17, 17, 12, 12, 12, 12, 12, 12, 17, 12, 12, 12,
    12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12,
  ],
};

function photoshop(software: string): Uint8Array {
  const text = ascii(`${software}\0`);
  const exif = tiffOf([[305, 2, text.length, 26]]);
  return jpegWith(jpegSegment(0xe1, ascii('Exif\0\0'), exif, text), jpegSegment(0xdb, Uint8Array.from([0, ...PHOTOSHOP.luma, 1, ...PHOTOSHOP.chroma])));
}
