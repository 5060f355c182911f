/** A float32 or float64 array that NumPy wrote, in row order; tests run in the browser too, where no other reader is. */
export function npy(bytes: Uint8Array): { readonly shape: readonly number[]; readonly data: Float32Array | Float64Array } {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(10, 10 + length));
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)![1]!.match(/\d+/g) ?? []).map(Number);
  const body = bytes.slice(10 + length).buffer;
  return { shape, data: header.includes('<f4') ? new Float32Array(body) : new Float64Array(body) };
}
