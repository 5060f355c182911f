import { open } from 'node:fs/promises';
import { SyntraceError } from '@syntrace/core';
import { createCRC32, type IHasher } from 'hash-wasm';

/** Castagnoli's polynomial, reflected. */
const CASTAGNOLI = 0x82f63b78;
/** Records above this are taken for damage. */
const MOST_BYTES = 1 << 30;

let hasher: Promise<IHasher> | undefined;

/** CRC-32C as TFRecord files keep it: turned by 15 bits, a constant added. */
function masked(crc: IHasher, bytes: Uint8Array): number {
  const digest = crc.init().update(bytes).digest('binary');
  const value = Buffer.from(digest).readUInt32BE();
  return (((value >>> 15) | (value << 17)) + 0xa282ead8) >>> 0;
}

/** Puts payloads into the frames of a TFRecord file: length, its checksum, payload, its checksum. */
export async function framed(payloads: readonly Uint8Array[]): Promise<Uint8Array> {
  hasher ??= createCRC32(CASTAGNOLI);
  const crc = await hasher;
  return Buffer.concat(
    payloads.flatMap(payload => {
      const head = Buffer.alloc(12);
      head.writeBigUInt64LE(BigInt(payload.length));
      head.writeUInt32LE(masked(crc, head.subarray(0, 8)), 8);
      const tail = Buffer.alloc(4);
      tail.writeUInt32LE(masked(crc, payload));
      return [head, payload, tail];
    }),
  );
}

/** The payloads of an uncompressed TFRecord file, one at a time; both checksums of each are checked. @throws DATA_INVALID with the record that is wrong */
export async function* readFrames(path: string): AsyncGenerator<Uint8Array> {
  hasher ??= createCRC32(CASTAGNOLI);
  const crc = await hasher;
  const file = await open(path).catch(error => Promise.reject(SyntraceError.from(error, 'DATA_INVALID', { file: path })));
  let at = 0;
  let index = 0;
  const refuse = (detail: string): never => {
    throw new SyntraceError('DATA_INVALID', { file: path, detail: `record ${index} ${detail}` });
  };
  const take = async (length: number) => {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await file.read(bytes, 0, length, at);
    at += bytesRead;
    return bytes.subarray(0, bytesRead);
  };
  try {
    for (;;) {
      const head = await take(12);
      if (head.length === 0) return;
      if (head.length < 12) refuse('ends too early');
      if (head.readUInt32LE(8) !== masked(crc, head.subarray(0, 8))) refuse('has a wrong checksum of its length');
      const length = Number(head.readBigUInt64LE());
      if (length > MOST_BYTES) refuse(`claims ${length} bytes`);
      const body = await take(length + 4);
      if (body.length < length + 4) refuse('ends too early');
      const payload = body.subarray(0, length);
      if (body.readUInt32LE(length) !== masked(crc, payload)) refuse('has a wrong checksum');
      yield payload;
      index++;
    }
  } finally {
    await file.close();
  }
}
