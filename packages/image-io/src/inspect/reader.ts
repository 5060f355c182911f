import { HeaderError } from './facts.js';

/** Bounds-checked big- and little-endian reads. */
export class Reader {
  private readonly view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    this.need(at, 1);
    return this.view.getUint8(at);
  }

  u16(at: number, little = false): number {
    this.need(at, 2);
    return this.view.getUint16(at, little);
  }

  u24le(at: number): number {
    return this.u16(at, true) | (this.u8(at + 2) << 16);
  }

  u32(at: number, little = false): number {
    this.need(at, 4);
    return this.view.getUint32(at, little);
  }

  /** Latin-1 text; short at the end of the file. */
  text(at: number, length: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + length));
  }

  private need(at: number, count: number): void {
    if (at < 0 || at + count > this.length) throw new HeaderError('truncated', `the header goes on at byte ${at}, the file has ${this.length}`);
  }
}
