import { describe, expect, it } from 'vitest';
import { biasStatement, fileCollector, type PictureFile } from './files.js';

const BYTES_A_PIXEL = 0.5;

type Kind = readonly [format: string, quality: number | null, width: number, height: number];

const fileOf = ([format, quality, width, height]: Kind): PictureFile => ({
  width,
  height,
  source: {
    format: format as 'png',
    bytes: BYTES_A_PIXEL * width * height,
    jpeg: quality === null ? null : { quality, standardTables: true, subsampling: '4:2:0', progressive: false },
  },
});

function statementOf(real: readonly Kind[], synthetic: readonly Kind[]) {
  const files = fileCollector();
  for (const kind of real) files.add(0, fileOf(kind));
  for (const kind of synthetic) files.add(1, fileOf(kind));
  return biasStatement(files.summary());
}

const many = (kind: Kind, count = 20): Kind[] => Array.from({ length: count }, () => kind);
const JPEG: Kind = ['jpeg', 90, 256, 256];

describe('biasStatement', () => {
  it.each<[string, Kind[], Kind[], RegExp]>([
    ['photographs as JPEG beside PNG', many(JPEG), many(['png', null, 256, 256]), /differ in their formats:/],
    ['another JPEG quality', many(JPEG), many(['jpeg', 75, 256, 256]), /differ in their formats:/],
    ['another size', many(JPEG), many(['jpeg', 90, 1024, 1024]), /differ in their sizes:/],
    ['both', many(JPEG), many(['webp', null, 512, 512]), /differ in their formats and sizes:/],
    ['one in ten', many(JPEG), [...many(JPEG, 18), ...many(['png', null, 256, 256], 2)], /differ in their formats:/],
  ])('names %s', (_, real, synthetic, words) => {
    const { alike, sentences } = statementOf(real, synthetic);
    expect(alike).toBe(false);
    expect(sentences[0]).toMatch(words);
  });

  it.each<[string, Kind[], Kind[]]>([
    ['the same files', many(JPEG), many(JPEG, 7)],
    ['the same mixture', [...many(JPEG, 10), ...many(['png', null, 300, 200], 10)], [...many(JPEG, 5), ...many(['png', null, 300, 200], 5)]],
    ['a quality that rounds alike, a side a few samples off', many(JPEG), many(['jpeg', 92, 250, 260])],
    ['one in forty', many(JPEG, 40), [...many(JPEG, 39), ['png', null, 256, 256]]],
  ])('finds no fault with %s', (_, real, synthetic) => {
    expect(statementOf(real, synthetic).alike).toBe(true);
  });

  it('names another compression, whatever formats and sizes say', () => {
    const files = fileCollector();
    for (let i = 0; i < 20; i++) {
      const { source, ...size } = fileOf(JPEG);
      files.add(0, { ...size, source: { ...source, bytes: 9000 + 10 * i } });
      files.add(1, { ...size, source: { ...source, bytes: 9130 + 10 * i } });
    }
    const summary = files.summary();
    expect(summary.density).toBeCloseTo(0.93, 1);
    expect(biasStatement(summary).sentences[0]).toMatch(/differ in their compression:/);
  });

  it('describes both classes, the commonest kinds first', () => {
    const real: Kind[] = [...many(JPEG, 3), ['png', null, 8, 8], ['webp', null, 8, 8], ['gif', null, 8, 8]];
    expect(statementOf(real, many(JPEG, 1)).sentences.slice(1)).toEqual([
      'Real: 6 files; jpeg 90 50\u00a0%, gif 17\u00a0%, png 17\u00a0% and 1 more; 256×256 50\u00a0%, 8×8 50\u00a0%; 4.0 bits a pixel (quartiles 4.0–4.0).',
      'Synthetic: 1 files; jpeg 90 100\u00a0%; 256×256 100\u00a0%; 4.0 bits a pixel (quartiles 4.0–4.0).',
    ]);
  });
});
