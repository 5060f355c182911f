import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate, random } from '../../scripts/mutate.mjs';
import { LIMITS } from '../../src/limits.js';
import { type Provenance, provenanceReader } from '../../src/provenance.js';
import { fixture } from '../platform/node.js';
import { ascii, box, jpegSegment, jpegWith, packed, pngWith, textChunk, tiffOf } from './make-files.js';

const reader = provenanceReader();

/** Reads within the time that the worst of files gets. Loose, for machines under load; what it guards against takes minutes. */
async function quickly(bytes: Uint8Array): Promise<Provenance> {
  const start = performance.now();
  const result = await reader.read(bytes);
  expect(performance.now() - start).toBeLessThan(5000);
  JSON.stringify(result);
  return result;
}
const codes = async (bytes: Uint8Array) => (await quickly(bytes)).findings.map(finding => finding.code);
const xmpIn = (packet: string) => jpegWith(jpegSegment(0xe1, ascii('http://ns.adobe.com/xap/1.0/\0'), ascii(packet)));

describe('texts', () => {
  it('that unpack to more than the limit are not unpacked further', async () => {
    const bomb = await packed(new Uint8Array(64 << 20));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await codes(pngWith(textChunk('zTXt', 'parameters', [0], bomb)))).toEqual(['TEXT_CORRUPT']);
    expect(await codes(pngWith(textChunk('iTXt', 'parameters', [1, 0, 0, 0], bomb)))).toEqual(['TEXT_CORRUPT']);
    const many = Array.from({ length: 200 }, (_, i) => textChunk('zTXt', `k${i}`, [0], bomb));
    expect(await codes(pngWith(...many))).toEqual(['TEXT_CORRUPT', 'TEXT_TOO_LONG']);
  });

  it('of which there are too many are left out', async () => {
    const long = new Uint8Array(900_000).fill(0x41);
    const { findings, fields } = await quickly(pngWith(...Array.from({ length: 20 }, () => textChunk('tEXt', 'Comment', [], long))));
    expect(findings.map(finding => finding.code)).toEqual(['TEXT_TOO_LONG']);
    expect(fields.reduce((sum, field) => sum + field.value.length, 0)).toBeLessThanOrEqual(LIMITS.texts);
    expect((await quickly(pngWith(...Array.from({ length: 20_000 }, (_, i) => textChunk('tEXt', `k${i}`, [], ascii('v')))))).fields).toHaveLength(
      LIMITS.fields,
    );
  });

  it('of JSON nested without end are no parameters', async () => {
    const nested = ascii(`{"class_type": "inputs" ${'{"a":'.repeat(100_000)}`);
    expect((await quickly(pngWith(textChunk('tEXt', 'prompt', [], nested)))).declared).toBe('none');
    const deep = ascii(`{"class_type":"x","inputs":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    expect((await quickly(pngWith(textChunk('tEXt', 'prompt', [], deep)))).declared).toBe('none');
  });

  it('hidden in pixels that cannot be are not looked for', async () => {
    const header = Uint8Array.of(0x7f, 255, 255, 255, 0x7f, 255, 255, 255, 8, 6, 0, 0, 0);
    expect((await quickly(pngWith({ header }, textChunk('IDAT', '', [], await packed(new Uint8Array(8 << 20)))))).signs).toEqual([]);
  });
});

describe('XMP', () => {
  it('that declares entities is refused before one is expanded', async () => {
    const laughs = Array.from({ length: 20 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    expect(await codes(xmpIn(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]><x>&l20;</x>`))).toEqual(['XMP_DOCTYPE']);
    expect(await codes(xmpIn('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'))).toEqual(['XMP_DOCTYPE']);
  });

  it.each([
    ['nested without end', '<a>'.repeat(20_000)],
    ['that closes what is not open', '<a></b>'],
    ['that ends inside a comment', '<a><!-- '],
    ['of one endless tag', `<a ${'b'.repeat(60_000)}`],
    ['of quotes that do not close', `<a b="${' '.repeat(60_000)}`],
    ['with a name space for each element', Array.from({ length: 2000 }, (_, i) => `<a xmlns:n${i}="u${i}">`).join('')],
  ])('%s is malformed', async (_, packet) => {
    expect(await codes(xmpIn(packet))).toEqual(['XMP_MALFORMED']);
  });
});

describe('structure', () => {
  it('EXIF directories in a circle are read once', async () => {
    expect(await codes(jpegWith(jpegSegment(0xe1, ascii('Exif\0\0'), tiffOf([[34665, 4, 1, 8]]))))).toEqual(['EXIF_CYCLE']);
    expect(await codes(jpegWith(jpegSegment(0xe1, ascii('Exif\0\0'), tiffOf([[270, 2, 0xfffffff0, 8]]))))).toEqual(['TEXT_TOO_LONG']);
    expect(await codes(jpegWith(jpegSegment(0xe1, ascii('Exif\0\0'), tiffOf([[270, 2, 100, 0xfffffff0]]))))).toEqual(['EXIF_MALFORMED']);
  });

  it.each([
    ['whose directory lies beyond its end', [0x4e696b6f, 0x6e000210, 0x00004d4d, 0x002a7fff, 0xffff0000]],
    ['whose directory is the note itself, again and again', [0x46554a49, 0x46494c4d, 0, 0xffffffff, 0xffffffff]],
    ['of 65 535 tags', [0x4f4c594d, 0x50000100, 0xffff0001, 0x00020000, 0xffffffff]],
  ])('a maker note %s is read as far as it goes', async (_, words) => {
    const note = Uint8Array.from(words.flatMap(word => [word >>> 24, (word >> 16) & 255, (word >> 8) & 255, word & 255]));
    const exif = tiffOf([
      [271, 2, 4, 0x41424300],
      [37500, 7, note.length, 38],
    ]);
    expect(await codes(jpegWith(jpegSegment(0xe1, ascii('Exif\0\0'), exif, note)))).toEqual(['MAKER_DIFFERS']);
  });

  it('boxes nested without end are left at a depth', async () => {
    let inner = new Uint8Array();
    for (let i = 0; i < 2000; i++) inner = box('meta', new Uint8Array(4), inner);
    expect(await codes(concatFtyp(inner))).toContain('FILE_TOO_DEEP');
  });

  it('a hundred thousand segments and more are cut off', async () => {
    const segment = jpegSegment(0xfe, ascii('x'));
    const all = new Uint8Array(2 + 150_000 * segment.length);
    all.set([0xff, 0xd8]);
    for (let i = 0; i < 150_000; i++) all.set(segment, 2 + i * segment.length);
    expect(await codes(all)).toEqual(['FILE_TOO_MANY_PARTS']);
  });

  it.each([
    ['PNG', () => Uint8Array.of(...pngWith().subarray(0, 33), 0xff, 0xff, 0xff, 0xff, ...ascii('tEXtabcd'))],
    ['JPEG', () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1, 2, 3)],
    ['WebP', () => Uint8Array.of(...ascii('RIFF'), 255, 255, 255, 255, ...ascii('WEBPEXIF'), 255, 255, 255, 255)],
    ['GIF', () => Uint8Array.of(...ascii('GIF89a'), 1, 0, 1, 0, 0, 0, 0, 0x21, 0xfe, 200, 1)],
    ['AVIF', () => Uint8Array.of(...box('ftyp', ascii('avif\0\0\0\0')), 0, 0, 0, 1, ...ascii('meta'), 0x7f, 255, 255, 255, 255, 255, 255, 255)],
  ])('%s with a length beyond its end is truncated', async (_, make) => {
    expect(await codes(make())).toEqual(['FILE_TRUNCATED']);
  });

  it('a JPEG length that cannot be ends the scan', async () => {
    expect(await codes(Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, 0, 0xff, 0xd9))).toEqual(['FILE_LENGTH_IMPOSSIBLE']);
  });
});

describe('any change to a file', () => {
  const names = [
    'a1111.png',
    'packed.png',
    'novelai-alpha.png',
    'both.webp',
    'both.avif',
    'xmp.tif',
    'comment.gif',
    'aigc-exif.jpg',
    'iptc-iim.jpg',
    'thumbnail.jpg',
    'xmp-utf16.jpg',
  ];

  it.each(names)('%s: is read without an exception, in time', async name => {
    const others = await Promise.all(names.map(fixture));
    const file = await fixture(name);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0 }), async seed => {
        await quickly(mutate(file, others, random(seed)));
      }),
      { numRuns: 150 },
    );
  });
});

function concatFtyp(inner: Uint8Array): Uint8Array {
  return Uint8Array.of(...box('ftyp', ascii('avif\0\0\0\0')), ...inner);
}
