import type { Refuse } from './refuse.js';

/** Little-endian values of a file in order; reading past its end is a refusal. */
export class Cursor {
  private readonly view: DataView;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });

  constructor(
    private readonly bytes: Uint8Array,
    private readonly refuse: Refuse,
    private place = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get at(): number {
    return this.place;
  }

  get left(): number {
    return this.bytes.length - this.place;
  }

  u8 = (): number => this.view.getUint8(this.move(1));
  u16 = (): number => this.view.getUint16(this.move(2), true);
  u32 = (): number => this.view.getUint32(this.move(4), true);
  i32 = (): number => this.view.getInt32(this.move(4), true);

  /** A whole number of 8 bytes. @throws the refusal beyond 2^53 */
  u64(): number {
    const value = this.view.getBigUint64(this.move(8), true);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : this.refuse(`it asks for a size of ${value}`);
  }

  /** A float64 in network order. */
  double = (): number => this.view.getFloat64(this.move(8), false);

  /** A view of the next bytes, not a copy. */
  take(length: number): Uint8Array {
    const start = this.move(length);
    return this.bytes.subarray(start, start + length);
  }

  text(length: number): string {
    const bytes = this.take(length);
    try {
      return this.decoder.decode(bytes);
    } catch {
      return this.refuse('a text in it is not UTF-8');
    }
  }

  /** Text up to a line feed, which is passed. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.place);
    if (end < 0) return this.refuse('it ends inside a line');
    const text = this.text(end - this.place);
    this.place++;
    return text;
  }

  private move(length: number): number {
    if (length > this.left) this.refuse(`it ends too early: ${length} bytes are wanted at ${this.place}, ${this.left} are left`);
    const start = this.place;
    this.place += length;
    return start;
  }
}
