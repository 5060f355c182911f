import { type DType, type HostArrays, type StoredTensor, SyntraceError } from '@syntrace/core';

const READ = { '<f4': Float32Array, '<f8': Float64Array, '|u1': Uint8Array } as const;
const WRITTEN = { f32: '<f4', f64: '<f8', u8: '|u1' } as const;
const MAGIC = [0x93, ...'NUMPY'].map(letter => (typeof letter === 'number' ? letter : letter.charCodeAt(0)));

/** Reads a `.npy` file (format 1 to 3) of float32, float64 or bytes in C order.
 *  @throws RESIDUAL_INVALID */
export function readNpy(bytes: Uint8Array, uri: string): StoredTensor {
  const refuse = (detail: string): never => {
    throw new SyntraceError('RESIDUAL_INVALID', { uri, detail });
  };
  const text = new TextDecoder('latin1');
  if (bytes.length < 12 || !MAGIC.every((byte, i) => bytes[i] === byte)) return refuse('it is not an .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = bytes[6] === 1 ? 10 : 12;
  const end = start + (bytes[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > bytes.length) return refuse('its header is cut off');
  const header = text.decode(bytes.subarray(start, end));
  const descr = /'descr': '([^']+)'/.exec(header)?.[1] ?? 'a structure';
  const sides = /'shape': \(([\d, ]*)\)/.exec(header)?.[1];
  if (!Object.hasOwn(READ, descr)) return refuse(`its elements are ${descr}; <f4, <f8 and |u1 are read`);
  if (!header.includes("'fortran_order': False")) return refuse('it is in Fortran order; save it by numpy.ascontiguousarray');
  if (sides === undefined) return refuse('its header has no shape');
  const shape = sides
    .split(',')
    .filter(side => side.trim())
    .map(Number);
  const Typed = READ[descr as keyof typeof READ];
  const count = shape.reduce((product, side) => product * side, 1);
  if (bytes.length - end !== count * Typed.BYTES_PER_ELEMENT) return refuse(`${bytes.length - end} bytes for shape (${sides}) of ${descr}`);
  const data = new Typed(new Uint8Array(bytes.subarray(end)).buffer);
  const dtype = (Object.keys(WRITTEN) as DType[]).find(key => WRITTEN[key] === descr)!;
  return { dtype, shape, data };
}

/** The bytes of a `.npy` file, format 1, C order. */
export function writeNpy<D extends DType>(dtype: D, shape: readonly number[], data: HostArrays[D]): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const head = `{'descr': '${WRITTEN[dtype]}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const padded = `${head.padEnd(Math.ceil((10 + head.length + 1) / 64) * 64 - 11)}\n`;
  const out = new Uint8Array(10 + padded.length + data.byteLength);
  out.set([...MAGIC, 1, 0, padded.length & 255, padded.length >> 8]);
  out.set(new TextEncoder().encode(padded), 10);
  out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + padded.length);
  return out;
}
