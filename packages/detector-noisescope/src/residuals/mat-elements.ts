/** Data elements of a MAT-file of level 5: a tag of 8 bytes (type, size) and data padded to 8 bytes; up to 4 bytes may stand inside the tag. */
export interface MatElement {
  readonly type: number;
  readonly data: Uint8Array;
}

export const MI = { int8: 1, int32: 5, uint32: 6, matrix: 14, compressed: 15 } as const;

/** Elements one after the other. Throws a plain error where a tag does not fit. */
export function* matElements(bytes: Uint8Array): Generator<MatElement> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) throw new Error('it ends inside a tag');
    const first = view.getUint32(at, true);
    const small = first >>> 16;
    const [type, size, start] = small > 0 ? [first & 0xffff, small, at + 4] : [first, view.getUint32(at + 4, true), at + 8];
    if ((small > 4 && small > 0) || start + size > bytes.length) throw new Error(`an element of ${size} bytes does not fit`);
    yield { type, data: bytes.subarray(start, start + size) };
    // Compressed elements are not padded.
    at = small > 0 ? at + 8 : start + (type === MI.compressed ? size : Math.ceil(size / 8) * 8);
  }
}

/** Element types that hold numbers, with how one is read. */
const NUMBERS: Readonly<Record<number, readonly [size: number, read: (view: DataView, at: number) => number]>> = {
  1: [1, (view, at) => view.getInt8(at)],
  2: [1, (view, at) => view.getUint8(at)],
  3: [2, (view, at) => view.getInt16(at, true)],
  4: [2, (view, at) => view.getUint16(at, true)],
  5: [4, (view, at) => view.getInt32(at, true)],
  6: [4, (view, at) => view.getUint32(at, true)],
  7: [4, (view, at) => view.getFloat32(at, true)],
  9: [8, (view, at) => view.getFloat64(at, true)],
};

export function numbersOf({ type, data }: MatElement): Float64Array {
  const kind = NUMBERS[type];
  if (!kind) throw new Error(`elements of type ${type} are no numbers`);
  const [size, read] = kind;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Float64Array.from({ length: Math.floor(data.length / size) }, (_, i) => read(view, i * size));
}
