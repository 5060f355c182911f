/** A read beyond the end; scanners turn it into the finding FILE_TRUNCATED. */
export class EndOfBytes extends Error {}

/** Bounds-checked reads of a file that nobody vouches for. */
export class Cursor {
  private readonly view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.view.getUint8(this.checked(at, 1));
  }

  u16(at: number, little = false): number {
    return this.view.getUint16(this.checked(at, 2), little);
  }

  u32(at: number, little = false): number {
    return this.view.getUint32(this.checked(at, 4), little);
  }

  /** Exact up to 2^53; larger values lie beyond any file. */
  u64(at: number): number {
    return this.u32(at) * 2 ** 32 + this.u32(at + 4);
  }

  /** Latin-1, for names and marks of a few bytes (`TextDecoder` reads Windows-1252 under that name); short at the end of the bytes. */
  text(at: number, length: number): string {
    return String.fromCharCode(...this.bytes.subarray(Math.max(0, at), Math.max(0, at) + Math.min(length, 256)));
  }

  startsWith(text: string, at = 0): boolean {
    return this.text(at, text.length) === text;
  }

  slice(at: number, length: number): Uint8Array {
    return this.bytes.subarray(this.checked(at, length), at + length);
  }

  private checked(at: number, count: number): number {
    if (!(at >= 0 && count >= 0 && at + count <= this.bytes.length)) throw new EndOfBytes(`byte ${at + count} of ${this.bytes.length}`);
    return at;
  }
}
