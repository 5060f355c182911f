import { type DType, type HostArrays, SyntraceError, type Window } from '@syntrace/core';

const arrays: { readonly [D in DType]: new (length: number) => HostArrays[D] } = { u8: Uint8Array, f32: Float32Array, f64: Float64Array };

const dtypeOf = (data: unknown): string =>
  Object.entries(arrays).find(([, type]) => data instanceof type)?.[0] ?? Object.prototype.toString.call(data).slice(8, -1);

/** Host data of the right type whose length is the product of the shape.
 *  @throws KERNEL_DTYPE, KERNEL_SHAPE */
export function checkedData(dtype: DType, data: HostArrays[DType], shape: readonly number[]): void {
  if (!(dtype in arrays)) throw new SyntraceError('KERNEL_DTYPE', { op: 'tensor', expected: Object.keys(arrays).join(', '), received: String(dtype) });
  // Clamped bytes of a canvas are bytes too.
  const fits = data instanceof arrays[dtype] || (dtype === 'u8' && data instanceof Uint8ClampedArray);
  if (!fits) throw new SyntraceError('KERNEL_DTYPE', { op: 'tensor', expected: dtype, received: dtypeOf(data) });
  const count = shape.reduce((product, side) => product * side, 1);
  if (!shape.every(side => Number.isInteger(side) && side >= 0) || count !== data.length) {
    throw new SyntraceError('KERNEL_SHAPE', { op: 'tensor', expected: `a shape of ${data.length} elements`, received: `[${shape.join(', ')}]` });
  }
}

/** Width, height and the corners. @throws KERNEL_SHAPE if sizes differ */
export function checkedWindows(windows: readonly Window[]): number[] {
  const { width = 0, height = 0 } = windows[0] ?? {};
  const other = windows.find(window => window.width !== width || window.height !== height);
  if (other) throw new SyntraceError('KERNEL_SHAPE', { op: 'crop', expected: `windows of ${width}×${height}`, received: `${other.width}×${other.height}` });
  return [width, height, ...windows.flatMap(({ x, y }) => [x, y])];
}

/** Lists one after the other, each after its length. */
export const listed = (lists: readonly (readonly number[])[]): number[] => lists.flatMap(list => [list.length, ...list]);
