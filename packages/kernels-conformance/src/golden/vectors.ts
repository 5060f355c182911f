/// <reference path="../virtual.d.ts" />
import golden from 'virtual:golden';
import { type NpyArray, parseNpy } from '../npy.js';

/** The files of the reference folder by name, or nothing where it is not at hand. */
export const files: Readonly<Record<string, string>> = golden.files ?? {};

/** Why there are none. */
export const missing = golden.missing;

/** An array of the reference folder. */
export const array = (name: string): NpyArray => parseNpy(files[`${name}.npy`] ?? '');
/** A JSON file of the reference folder. */
export const json = (name: string): unknown => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(files[`${name}.json`] ?? ''), c => c.charCodeAt(0))));
export const single = (values: ArrayLike<number>) => Float32Array.from(values);
export const double = (values: ArrayLike<number>) => Float64Array.from(values);

/** [h, w, c] as [c, h, w]: the golden arrays are interleaved, the kernels' planes are not. */
export function planar({ data, shape }: NpyArray): { data: Float64Array<ArrayBuffer>; shape: number[] } {
  const [h, w, c] = shape as [number, number, number];
  return { data: Float64Array.from({ length: data.length }, (_, i) => data[(i % (h * w)) * c + Math.floor(i / (h * w))]!), shape: [c, h, w] };
}

/** Share of the elements that are within a tolerance. */
export function shareClose(got: ArrayLike<number>, want: ArrayLike<number>, within: (want: number) => number): number {
  let close = 0;
  for (let i = 0; i < want.length; i++) close += Number(Math.abs(got[i]! - want[i]!) <= within(want[i]!));
  return close / want.length;
}
