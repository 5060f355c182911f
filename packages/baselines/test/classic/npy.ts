const READERS: Readonly<Record<string, (body: ArrayBuffer) => ArrayLike<number>>> = {
  '<f4': body => new Float32Array(body),
  '<f8': body => new Float64Array(body),
  '|u1': body => new Uint8Array(body),
  '<i8': body => Float64Array.from(new BigInt64Array(body), Number),
};

/** An array that NumPy wrote, in row order; tests run in the browser too, where no other reader is. */
export function npy(bytes: Uint8Array): { readonly shape: readonly number[]; readonly data: Float64Array } {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(10, 10 + length));
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)![1]!.match(/\d+/g) ?? []).map(Number);
  const body = bytes.slice(10 + length).buffer as ArrayBuffer;
  return { shape, data: Float64Array.from(READERS[/'descr':\s*'([^']+)'/.exec(header)![1]!]!(body)) };
}
