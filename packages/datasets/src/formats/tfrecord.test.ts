import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
import { describeGolden, golden, goldenArray } from '../../test/golden.js';
import { makeTree } from '../../test/tree.js';
import { readLabels, readPublished, readRecords } from '../prepare/read-prepared.js';
import { decodeExample, encodeExample } from './example.js';
import { npyBytes, npyText, readNpy } from './npy.js';
import { framed, readFrames } from './tfrecord.js';

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};
const examples = [0, 1, 300].map(label => ({ image: Float32Array.from({ length: 24 }, (_, i) => i / 7 - label), label, shape: [2, 4, 3] }));

describe('TFRecord files', () => {
  it('frames with the checksums of the standard', async () => {
    // CRC-32C of "123456789" is 0xe3069283 (RFC 3720); masked: ((crc >>> 15) | (crc << 17)) + 0xa282ead8.
    const frame = Buffer.from(await framed([Buffer.from('123456789')]));
    expect(frame.readBigUInt64LE(0)).toBe(9n);
    expect(frame.readUInt32LE(frame.length - 4)).toBe((((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8) >>> 0);
  });

  it('examples come back as they were', async () => {
    const root = makeTree({ 'x.tfrecords': await framed(examples.map(encodeExample)) });
    expect(await collect(readRecords(join(root, 'x.tfrecords')))).toEqual(examples.map(({ image, label, shape }) => ({ data: image, label, shape })));
  });

  it('reads lists that are not packed', () => {
    const list = (write: (writer: BinaryWriter) => void) => {
      const writer = new BinaryWriter();
      write(writer);
      return writer.finish();
    };
    const entry = (name: string, kind: number, values: Uint8Array) =>
      list(w => {
        w.tag(1, WireType.LengthDelimited).string(name);
        w.tag(2, WireType.LengthDelimited).bytes(list(f => f.tag(kind, WireType.LengthDelimited).bytes(values)));
      });
    const floats = list(w => {
      for (const value of [1.5, -2]) w.tag(1, WireType.Bit32).float(value);
    });
    const whole = (...values: number[]) =>
      list(w => {
        for (const value of values) w.tag(1, WireType.Varint).int64(value);
      });
    const map = list(w => {
      for (const each of [entry('image', 2, floats), entry('label', 3, whole(700)), entry('shape', 3, whole(1, 2, 1))])
        w.tag(1, WireType.LengthDelimited).bytes(each);
    });
    const bytes = list(w => w.tag(1, WireType.LengthDelimited).bytes(map));
    expect(decodeExample(bytes, 'x')).toEqual({ image: Float32Array.of(1.5, -2), label: 700, shape: [1, 2, 1] });
  });

  it.each([
    ['a wrong payload', 20, /record 0 has a wrong checksum$/],
    ['a wrong length', 0, /record 0 has a wrong checksum of its length/],
  ])('refuses %s', async (_, at, words) => {
    const bytes = Buffer.from(await framed(examples.map(encodeExample)));
    bytes[at]! ^= 1;
    const root = makeTree({ 'x.tfrecords': bytes });
    await expect(collect(readFrames(join(root, 'x.tfrecords')))).rejects.toMatchObject({ code: 'DATA_INVALID', message: expect.stringMatching(words) });
  });

  it('refuses a file that is cut off, whatever the place', async () => {
    const bytes = await framed(examples.map(encodeExample));
    for (const length of [5, 40, bytes.length - 2]) {
      const root = makeTree({ 'x.tfrecords': bytes.subarray(0, length) });
      await expect(collect(readFrames(join(root, 'x.tfrecords')))).rejects.toMatchObject({
        code: 'DATA_INVALID',
        message: expect.stringMatching(/ends too early/),
      });
    }
  });

  it('refuses an example without its features', () => {
    expect(() => decodeExample(new Uint8Array(), 'x')).toThrow(
      expect.objectContaining({ code: 'DATA_INVALID', message: expect.stringContaining('needed are image, label, shape') }),
    );
    expect(() => decodeExample(Uint8Array.of(10, 200), 'x')).toThrow(expect.objectContaining({ code: 'DATA_INVALID' }));
  });
});

describe('the published layout', () => {
  it.each([
    ['text', npyText(['1', '0'])],
    ['int64', npyBytes('<i8', BigInt64Array.of(1n, 0n), [2])],
  ])('is read with labels as %s', async (_, labels) => {
    const array = (value: number) => npyBytes('<f8', Float64Array.of(value, 2), [1, 2, 1]);
    const root = makeTree({ '000000.npy': array(5), '000001.npy': array(6), 'labels.npy': labels });
    expect((await collect(readPublished(root))).map(({ data, label }) => [data[0], label])).toEqual([
      [5, 1],
      [6, 0],
    ]);
  });

  it('refuses labels that do not fit', async () => {
    const root = makeTree({ '000000.npy': npyBytes('<f8', Float64Array.of(1), [1, 1, 1]), 'labels.npy': npyText(['1', '0']) });
    await expect(collect(readPublished(root))).rejects.toMatchObject({ code: 'DATA_INVALID', message: expect.stringContaining('1 arrays and 2 labels') });
  });
});

describeGolden('files of the published code', () => {
  it('TFRecord: the official reader gives the same, and the same values give the same records', async () => {
    const [images, labels] = [await goldenArray('formats/tfrecord_images'), await readLabels(golden('formats/tfrecord_labels.npy'))];
    const read = await collect(readRecords(golden('formats/data.tfrecords')));
    expect(read.map(({ label }) => label)).toEqual(labels);
    expect(read.flatMap(({ data }) => [...(data as Float32Array)])).toEqual(Array.from(images.data));
    expect(read.every(({ shape }) => shape.join() === images.shape.slice(1).join())).toBe(true);
    const again = await framed(read.map(({ data, label, shape }) => encodeExample({ image: data as Float32Array, label, shape })));
    // Maps have no order in protobuf: only the length is sure to be the same.
    expect(again.length).toBe((await readFile(golden('formats/data.tfrecords'))).length);
  });

  it('npy: arrays and text labels', async () => {
    expect(await readLabels(golden('formats/labels.npy'))).toHaveLength(3);
    const first = await readNpy(golden('formats/000000.npy'));
    expect([first.kind, first.shape]).toEqual(['<f8', [4, 6, 3]]);
  });
});
