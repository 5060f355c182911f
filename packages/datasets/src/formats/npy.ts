import { readFile } from 'node:fs/promises';
import { SyntraceError } from '@syntrace/core';

/** Element types that are written and read: NumPy's names and what holds them. */
const KINDS = {
  '|u1': { type: Uint8Array, size: 1 },
  '<i4': { type: Int32Array, size: 4 },
  '<i8': { type: BigInt64Array, size: 8 },
  '<f4': { type: Float32Array, size: 4 },
  '<f8': { type: Float64Array, size: 8 },
} as const;

export type NpyKind = keyof typeof KINDS;
export type NpyData = Uint8Array | Int32Array | BigInt64Array | Float32Array | Float64Array;

/** An array as NumPy keeps it, row-major. `text` holds unicode strings instead of numbers. */
export type NpyArray = { readonly shape: readonly number[] } & (
  | { readonly kind: NpyKind; readonly data: NpyData }
  | { readonly kind: 'text'; readonly text: readonly string[] }
);

/** Bytes before the data; the same for any number of rows, so that it can be written again when that is known. */
export const NPY_HEADER = 128;

/** The header of a version 1.0 .npy file. */
export function npyHeader(descr: string, shape: readonly number[]): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sides}), }`;
  const header = Buffer.alloc(NPY_HEADER, 0x20);
  header.write('\x93NUMPY\x01\x00', 'latin1');
  header.writeUInt16LE(NPY_HEADER - 10, 8);
  header.write(text, 10, 'latin1');
  header[NPY_HEADER - 1] = 0x0a;
  return header;
}

/** A whole .npy file of numbers. */
export const npyBytes = (kind: NpyKind, data: NpyData, shape: readonly number[]): Uint8Array => Buffer.concat([npyHeader(kind, shape), bytesOf(data)]);

/** A whole .npy file of unicode strings, as `numpy.array([...])` of them is saved. */
export function npyText(values: readonly string[]): Uint8Array {
  const width = Math.max(1, ...values.map(value => [...value].length));
  const data = Buffer.alloc(values.length * width * 4);
  for (const [i, value] of values.entries())
    for (const [j, character] of [...value].entries()) data.writeUInt32LE(character.codePointAt(0)!, 4 * (i * width + j));
  return Buffer.concat([npyHeader(`<U${width}`, [values.length]), data]);
}

/** The bytes of numbers, little-endian as every platform of Node is. */
export const bytesOf = (data: NpyData): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** The kind of an array of this type. */
export const kindOf = (data: NpyData): NpyKind => (Object.keys(KINDS) as NpyKind[]).find(kind => data instanceof KINDS[kind].type)!;

/** Reads a .npy file of numbers or unicode strings, in C order. O(bytes). @throws DATA_INVALID */
export async function readNpy(path: string): Promise<NpyArray> {
  return parseNpy(await readFile(path).catch(error => Promise.reject(SyntraceError.from(error, 'DATA_INVALID', { file: path }))), path);
}

export function parseNpy(bytes: Uint8Array, file: string): NpyArray {
  const refuse = (detail: string): never => {
    throw new SyntraceError('DATA_INVALID', { file, detail });
  };
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (at.length < 12 || at.toString('latin1', 0, 6) !== '\x93NUMPY') return refuse('it is no .npy file');
  const start = at[6] === 1 ? 10 : 12;
  const end = start + (at[6] === 1 ? at.readUInt16LE(8) : at.readUInt32LE(8));
  const header = at.toString('latin1', start, end);
  const descr = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const sides = /'shape':\s*\(([\d, L]*)\)/.exec(header)?.[1];
  if (descr === undefined || sides === undefined) return refuse('its header is damaged');
  if (!/'fortran_order':\s*False/.test(header)) return refuse('it is in Fortran order; save it with numpy.ascontiguousarray');
  const shape = (sides.match(/\d+/g) ?? []).map(Number);
  const count = shape.reduce((a, b) => a * b, 1);
  const width = /^<U(\d+)$/.exec(descr)?.[1];
  if (width !== undefined) {
    const size = 4 * Number(width);
    if (at.length - end !== count * size) return refuse(`${at.length - end} bytes for shape (${shape.join(', ')})`);
    return { kind: 'text', shape, text: Array.from({ length: count }, (_, i) => textOf(at.subarray(end + i * size, end + (i + 1) * size))) };
  }
  if (!Object.hasOwn(KINDS, descr)) return refuse(`its type is ${descr}; read are ${Object.keys(KINDS).join(', ')} and text`);
  const kind = descr as NpyKind;
  const { type, size } = KINDS[kind];
  if (at.length - end !== count * size) return refuse(`${at.length - end} bytes for shape (${shape.join(', ')})`);
  return { kind, shape, data: new type(Uint8Array.from(at.subarray(end)).buffer) };
}

const textOf = (bytes: Buffer): string => {
  const codes = Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(4 * i));
  return String.fromCodePoint(...codes).replace(/\0+$/, '');
};
