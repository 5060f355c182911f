import type { Kernels, Tensor } from '@syntrace/core';

/** Notes what is to be freed after a case. */
export type Keep = <T extends Tensor>(tensor: T) => T;

/** A kernel, what to do with it, and what must come out. */
export interface Case {
  readonly op: string;
  readonly want: readonly number[];
  readonly tolerance: number;
  readonly run: (kernels: Kernels, keep: Keep) => Promise<ArrayLike<number>>;
}

export const HEIGHT = 20;
export const WIDTH = 24;
export const ramp = Float32Array.from({ length: HEIGHT * WIDTH }, (_, i) => ((i * 37) % 101) - 50);
export const bytes = Uint8Array.from({ length: HEIGHT * WIDTH * 3 }, (_, i) => (i * 89) % 256);
export const cosines = Float32Array.from({ length: WIDTH }, (_, i) => Math.cos(i));
export const steps = Float32Array.from({ length: WIDTH }, (_, i) => 1 + i / 10);

export const plane = (kernels: Kernels, keep: Keep) => keep(kernels.tensor('f32', ramp, [HEIGHT, WIDTH]));
export const image = (kernels: Kernels, keep: Keep) => keep(kernels.tensor('u8', bytes, [1, HEIGHT, WIDTH, 3]));
export const row = (kernels: Kernels, keep: Keep, values: Float32Array<ArrayBuffer>) => keep(kernels.tensor('f32', values, [values.length]));

export const every = (values: ArrayLike<number>, step: number) => Array.from(values).filter((_, i) => i % step === 0);

/** Makes cases of one result, of which every `step`-th value counts. */
export function caseOf<Name extends string>(vectors: Readonly<Record<Name, readonly number[]>>) {
  return (op: Name, tolerance: number, step: number, work: (kernels: Kernels, keep: Keep) => Promise<Tensor>): Case => {
    const run = async (kernels: Kernels, keep: Keep) => every(await kernels.read(keep(await work(kernels, keep))), step);
    return { op, want: vectors[op], tolerance, run };
  };
}
