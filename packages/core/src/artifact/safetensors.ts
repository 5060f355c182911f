import type { DType, HostArrays } from '../contract/tensor.js';
import { SyntraceError } from '../errors.js';

/** One array of a `.safetensors` file. */
export interface StoredTensor<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: HostArrays[D];
}

const NAMES = { u8: 'U8', f32: 'F32', f64: 'F64' } as const;
const ARRAYS = { U8: Uint8Array, F32: Float32Array, F64: Float64Array } as const;
const DTYPES = { U8: 'u8', F32: 'f32', F64: 'f64' } as const;
const MAX_HEADER = 1 << 20;

/** Reads a safetensors file (https://huggingface.co/docs/safetensors): u64 header length, JSON header, little-endian data. Copies the data (a Buffer of Node would share it if it were sliced).
 *  `skip`: names that are left out, whatever their type. @throws ARTIFACT_INVALID when a length, type or range does not fit */
export function readSafetensors(
  bytes: Uint8Array,
  file: string,
  { skip = () => false }: { readonly skip?: (name: string) => boolean } = {},
): ReadonlyMap<string, StoredTensor> {
  const refuse = (detail: string): never => {
    throw new SyntraceError('ARTIFACT_INVALID', { file, detail });
  };
  if (bytes.length < 8) return refuse('it is shorter than its header');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > MAX_HEADER || 8 + length > bytes.length) return refuse(`header of ${length} bytes in a file of ${bytes.length}`);
  const header = parseHeader(bytes.subarray(8, 8 + length)) ?? refuse('its header is not JSON');
  const body = bytes.subarray(8 + length);
  const tensors = new Map<string, StoredTensor>();
  const ranges: [start: number, end: number][] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
    if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) return refuse(`${name} has no valid shape and offsets`);
    const [start, end] = offsets as [number, number];
    if (skip(name)) {
      if (start > end) return refuse(`${name} does not fit its offsets`);
      ranges.push([start, end]);
      continue;
    }
    if (typeof dtype !== 'string' || !Object.hasOwn(ARRAYS, dtype)) return refuse(`${name} has type ${String(dtype)}; U8, F32 and F64 are read`);
    const Typed = ARRAYS[dtype as keyof typeof ARRAYS];
    if (start > end || end > body.length || end - start !== sizeOf(shape) * Typed.BYTES_PER_ELEMENT) return refuse(`${name} does not fit its offsets`);
    ranges.push([start, end]);
    tensors.set(name, { dtype: DTYPES[dtype as keyof typeof DTYPES], shape, data: new Typed(new Uint8Array(body.subarray(start, end)).buffer) });
  }
  if (!tiles(ranges, body.length)) return refuse('its arrays overlap or leave bytes unused');
  return tensors;
}

/** Whether the ranges cover 0…length without gap or overlap, as the format demands. */
function tiles(ranges: readonly (readonly [start: number, end: number])[], length: number): boolean {
  let at = 0;
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (start !== at) return false;
    at = end;
  }
  return at === length;
}

/** Writes a safetensors file; tensors in the given order, header padded to 8 bytes.
 *  @throws ARTIFACT_INVALID when data and shape differ in size, or a name is the format's own */
export function writeSafetensors(tensors: ReadonlyMap<string, StoredTensor>): Uint8Array {
  let offset = 0;
  const header: [name: string, entry: unknown][] = [];
  for (const [name, { dtype, shape, data }] of tensors) {
    if (name === '__metadata__') throw new SyntraceError('ARTIFACT_INVALID', { file: name, detail: 'the name is reserved' });
    if (data.length !== sizeOf(shape))
      throw new SyntraceError('ARTIFACT_INVALID', { file: name, detail: `${data.length} values for shape [${shape.join(', ')}]` });
    header.push([name, { dtype: NAMES[dtype], shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const json = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  json.set(text);
  const out = new Uint8Array(8 + json.length + offset);
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
  out.set(json, 8);
  let at = 8 + json.length;
  for (const { data } of tensors.values()) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return out;
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const isSizes = (value: unknown): value is number[] => Array.isArray(value) && value.every(n => Number.isSafeInteger(n) && n >= 0);
