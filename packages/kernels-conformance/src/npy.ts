import type { DType, HostArrays } from '@syntrace/core';

/** An array as NumPy saved it. */
export interface NpyArray<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: HostArrays[D];
}

const kinds: Readonly<Record<string, readonly [DType, new (buffer: ArrayBuffer) => HostArrays[DType]]>> = {
  '|u1': ['u8', Uint8Array],
  '<f4': ['f32', Float32Array],
  '<f8': ['f64', Float64Array],
  '<i8': ['f64', Float64Array],
};

/** Reads a base64 .npy file of u8, f32, f64 or i64 (as f64) in C order. */
export function parseNpy(base64: string): NpyArray {
  const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  const start = bytes[6] === 1 ? 10 : 12;
  const end = start + new DataView(bytes.buffer).getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, end));
  const kind = kinds[/'descr': '([^']+)'/.exec(header)?.[1] ?? ''];
  if (!kind || !header.includes("'fortran_order': False")) throw new Error(`unusual .npy: ${header}`);
  const sides = /'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '';
  const [dtype, type] = kind;
  return {
    dtype,
    shape: sides
      .split(',')
      .filter(side => side.trim())
      .map(Number),
    data: header.includes("'<i8'") ? Float64Array.from(new BigInt64Array(bytes.slice(end).buffer), Number) : new type(bytes.slice(end).buffer),
  };
}
