import { type StoredTensor, SyntraceError } from '@syntrace/core';
import { readMatResidual } from './mat-file.js';
import { readNpy } from './npy.js';

/** A residual made elsewhere: `.mat` with `Noise`, or `.npy` [h, w]; or a `.npy` stack [n, h, w]. Numbers must be finite.
 *  @throws RESIDUAL_INVALID */
export async function readResidual(bytes: Uint8Array, uri: string): Promise<{ height: number; width: number; maps: Float32Array[] }> {
  const { dtype, shape, data }: StoredTensor = /\.mat$/i.test(uri) ? await readMatResidual(bytes, uri) : readNpy(bytes, uri);
  const refuse = (detail: string): never => {
    throw new SyntraceError('RESIDUAL_INVALID', { uri, detail });
  };
  if (dtype === 'u8') return refuse('it holds bytes, not a residual');
  if (shape.length !== 2 && shape.length !== 3) return refuse(`its shape is [${shape.join(', ')}], expected [h, w] or [n, h, w]`);
  const [height, width] = shape.slice(-2) as [number, number];
  const values = Float32Array.from(data);
  if (!values.every(Number.isFinite)) return refuse('it holds numbers that are not finite');
  const size = height * width;
  return { height, width, maps: Array.from({ length: size > 0 ? values.length / size : 0 }, (_, i) => values.slice(i * size, (i + 1) * size)) };
}
