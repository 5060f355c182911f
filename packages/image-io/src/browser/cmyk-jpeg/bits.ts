import type { HuffmanTable } from './huffman-table.js';

/** Walks the bits of one entropy-coded segment, byte stuffing (ITU-T T.81, B.1.1.5) taken out. */
export class BitReader {
  /** Bits read so far; past the end they are ones, and `overrun` tells. */
  at = 0;
  private readonly bytes: Uint8Array;
  private readonly length: number;

  /** @param stuffed the segment as it lies in the file */
  constructor(stuffed: Uint8Array) {
    const bytes = new Uint8Array(stuffed.length + 3).fill(255);
    let length = 0;
    for (let i = 0; i < stuffed.length; i++) {
      const byte = stuffed[i]!;
      bytes[length++] = byte;
      if (byte === 255) i++;
    }
    bytes.fill(255, length);
    [this.bytes, this.length] = [bytes, length];
  }

  get overrun(): boolean {
    return this.at > 8 * this.length;
  }

  /** Whole bytes that were not read. */
  get left(): number {
    return this.length - Math.ceil(this.at / 8);
  }

  /** The 16 bits from a place on. */
  peek(at = this.at): number {
    const i = at >> 3;
    const word = ((this.bytes[i] ?? 255) << 16) | ((this.bytes[i + 1] ?? 255) << 8) | (this.bytes[i + 2] ?? 255);
    return (word >> (8 - (at & 7))) & 0xffff;
  }

  /** The next code's symbol. @throws Error */
  symbol(table: HuffmanTable): number {
    const entry = table[this.peek()]!;
    if (entry === 0) throw new Error(this.overrun ? 'premature end of data segment' : 'Corrupt JPEG data: bad Huffman code');
    this.at += entry >> 8;
    return entry & 255;
  }
}

/** Writes an entropy-coded segment. */
export class BitWriter {
  private bytes = new Uint8Array(4096);
  private length = 0;
  private held = 0;
  private bits = 0;

  /** Copies what the reader has passed since `start`. */
  copy(reader: BitReader, start: number): void {
    for (let at = start; at < reader.at; at += 16) {
      const count = Math.min(16, reader.at - at);
      this.put(reader.peek(at) >> (16 - count), count);
    }
  }

  /** The segment, its last byte filled with ones. */
  finish(): Uint8Array {
    if (this.bits > 0) this.put(0xff >> this.bits, 8 - this.bits);
    return this.bytes.subarray(0, this.length);
  }

  private put(value: number, count: number): void {
    this.held = (this.held << count) | value;
    for (this.bits += count; this.bits >= 8; this.bits -= 8) this.push((this.held >> (this.bits - 8)) & 255);
    this.held &= 0xff;
  }

  private push(byte: number): void {
    if (this.length + 2 > this.bytes.length) {
      const larger = new Uint8Array(2 * this.bytes.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.length++] = byte;
    if (byte === 255) this.bytes[this.length++] = 0;
  }
}
