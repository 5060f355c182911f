import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/fakes.js';
import { SyntraceError } from '../errors.js';
import { readSafetensors, type StoredTensor, writeSafetensors } from './safetensors.js';

/** A file with this header, as lying as it may be. */
function file(header: unknown, body = 0, length?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + body);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const f32 = (start: number, end: number, shape: unknown = [(end - start) / 4]) => ({ dtype: 'F32', shape, data_offsets: [start, end] });
const refusal = (bytes: Uint8Array) => errorOf(() => readSafetensors(bytes, 'model.safetensors'));

const sample = () =>
  writeSafetensors(
    new Map<string, StoredTensor>([
      ['weights', { dtype: 'f32', shape: [2, 2], data: Float32Array.of(1, -2, 3.5, 0) }],
      ['bias', { dtype: 'f64', shape: [], data: Float64Array.of(Math.PI) }],
      ['levels', { dtype: 'u8', shape: [3], data: Uint8Array.of(0, 128, 255) }],
    ]),
  );

const stored: fc.Arbitrary<StoredTensor> = fc.oneof(
  fc.uint8Array({ maxLength: 20 }).map(data => ({ dtype: 'u8' as const, shape: [data.length], data })),
  fc.float32Array({ maxLength: 20, noNaN: true }).map(data => ({ dtype: 'f32' as const, shape: [1, data.length], data })),
  fc.float64Array({ maxLength: 20, noNaN: true }).map(data => ({ dtype: 'f64' as const, shape: [data.length, 1], data })),
);

/** Bytes whose slices share their memory, as those of Node's Buffer do. */
class SharingBytes extends Uint8Array<ArrayBuffer> {
  override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
    return this.subarray(start, end);
  }
}

describe('writeSafetensors and readSafetensors', () => {
  it('copy, also out of bytes whose slices are no copies', () => {
    const bytes = SharingBytes.from(sample());
    const tensors = readSafetensors(bytes, 'model.safetensors');
    bytes.fill(0);
    expect(tensors.get('weights')?.data).toEqual(Float32Array.of(1, -2, 3.5, 0));
  });

  it('give back what was written, whatever the names and values', () => {
    const name = fc.string({ unit: 'binary', maxLength: 12 }).filter(text => text !== '__metadata__');
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, stored), { selector: ([key]) => key, maxLength: 6 }), entries => {
        const tensors = new Map(entries);
        const bytes = writeSafetensors(tensors);
        expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
        const read = readSafetensors(bytes, 'x');
        expect(new Set(read.keys())).toEqual(new Set(tensors.keys()));
        for (const [key, tensor] of tensors) expect(read.get(key)).toEqual(tensor);
      }),
    );
  });

  it('keep a name that objects treat specially', () => {
    const tensors = new Map<string, StoredTensor>([['__proto__', { dtype: 'u8', shape: [1], data: Uint8Array.of(7) }]]);
    expect(readSafetensors(writeSafetensors(tensors), 'x').get('__proto__')?.data).toEqual(Uint8Array.of(7));
  });

  it('read from the middle of a buffer, copying', () => {
    const bytes = sample();
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const read = readSafetensors(shifted.subarray(3), 'x');
    shifted.fill(0);
    expect(read.get('weights')?.data).toEqual(Float32Array.of(1, -2, 3.5, 0));
  });

  it('skip metadata', () => {
    expect([...readSafetensors(file({ __metadata__: { format: 'pt' }, w: f32(0, 4) }, 4), 'x').keys()]).toEqual(['w']);
  });

  it('refuse to write data that does not fit its shape, and the reserved name', async () => {
    const write = (name: string, shape: number[]) => errorOf(() => writeSafetensors(new Map([[name, { dtype: 'u8', shape, data: new Uint8Array(2) }]])));
    expect((await write('w', [3])).code).toBe('ARTIFACT_INVALID');
    expect((await write('__metadata__', [2])).code).toBe('ARTIFACT_INVALID');
  });
});

describe('a hostile file', () => {
  const hostile: [string, Uint8Array][] = [
    ['empty', new Uint8Array()],
    ['a header length of 2^64 - 1', file({}, 0, 2n ** 64n - 1n)],
    ['a header length just past the end', file({ w: f32(0, 4) }, 0, 1000n)],
    ['a header of more than a mebibyte', file(`{}${' '.repeat(1 << 20)}`)],
    ['a header that is not JSON', file('{"w":')],
    ['a header that is not UTF-8', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0xff)],
    ['a header that is a list', file([])],
    ['a header that is null', file('null')],
    ['an entry that is null', file({ w: null })],
    ['an entry that is a number', file({ w: 5 })],
    ['another dtype', file({ w: { ...f32(0, 4), dtype: 'BF16' } }, 4)],
    ['a dtype that every object has', file({ w: { ...f32(0, 4), dtype: 'constructor' } }, 4)],
    ['no dtype', file({ w: { shape: [1], data_offsets: [0, 4] } }, 4)],
    ['a negative offset', file({ w: f32(-4, 0, [1]) }, 4)],
    ['offsets backwards', file({ w: f32(4, 0, [1]) }, 4)],
    ['an offset past the end', file({ w: f32(4, 8, [1]) }, 4)],
    ['a fractional offset', file({ w: f32(0.5, 4.5, [1]) }, 8)],
    ['three offsets', file({ w: { ...f32(0, 4), data_offsets: [0, 4, 4] } }, 4)],
    ['a shape that does not fit', file({ w: f32(0, 4, [2]) }, 4)],
    ['a shape that overflows', file({ w: f32(0, 4, [2 ** 53 - 1, 2 ** 53 - 1]) }, 4)],
    ['a negative shape', file({ w: f32(0, 4, [-1, -1]) }, 4)],
    ['a shape that is a word', file({ w: f32(0, 4, '1') }, 4)],
    ['two arrays in one place', file({ a: f32(0, 4), b: f32(0, 4) }, 4)],
    ['arrays that overlap by half', file({ a: f32(0, 8), b: f32(4, 12) }, 12)],
    ['a hole between arrays', file({ a: f32(0, 4), b: f32(8, 12) }, 12)],
    ['bytes after the last array', file({ a: f32(0, 4) }, 5)],
  ];

  it.each(hostile)('is refused: %s', async (_, bytes) => {
    expect(await refusal(bytes)).toMatchObject({ code: 'ARTIFACT_INVALID', details: { file: 'model.safetensors' } });
  });

  it('is refused when cut at any length', async () => {
    const bytes = sample();
    for (let length = 0; length < bytes.length; length++) expect(await refusal(bytes.subarray(0, length))).toMatchObject({ code: 'ARTIFACT_INVALID' });
  });

  it('is read or refused by a typed error, never anything else, with any byte changed', () => {
    const bytes = sample();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const changed = bytes.slice();
        changed[at] = value;
        try {
          readSafetensors(changed, 'x');
        } catch (error) {
          expect(SyntraceError.is(error, 'ARTIFACT_INVALID')).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
