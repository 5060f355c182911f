import { type Kernels, withTensors } from '@syntrace/core';
import { type Look, valuesIn } from './look.js';

/** What is subtracted from each value, and what it is divided by. */
export interface Standard {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/** x/127.5 − 1 */
const HALF = 127.5;
/** Added to every deviation: a coefficient that is the same in every picture does no harm. */
const DEVIATION_FLOOR = 1e-3;
/** Rows that are standardised at once. */
const CHUNK = 64;

/** Of the training pictures; `null` for what is taken as it is. */
export async function standardOf(x: Float32Array, look: Look, kernels: Kernels): Promise<Standard | null> {
  const values = valuesIn(look);
  if (look.input === 'pixels') return { mean: new Float32Array(values).fill(HALF), deviation: new Float32Array(values).fill(HALF) };
  if (look.input !== 'dct') return null;
  let moments: Awaited<ReturnType<Kernels['moments']>> | null = null;
  for (let at = 0; at < x.length; at += CHUNK * values) {
    const part = x.subarray(at, at + CHUNK * values);
    const rows = kernels.tensor('f32', part, [part.length / values, values]);
    moments = await kernels.moments(moments, rows);
    kernels.free(rows);
  }
  const { count, mean, m2 } = moments!;
  return { mean: Float32Array.from(mean), deviation: Float32Array.from(m2, square => Math.sqrt(square / count) + DEVIATION_FLOOR) };
}

/** Rows, standardised; those without a standard are given back. */
export async function standardised(x: Float32Array, standard: Standard | null, kernels: Kernels): Promise<Float32Array> {
  if (!standard) return x;
  const values = standard.mean.length;
  const out = new Float32Array(x.length);
  await withTensors(kernels, async keep => {
    const mean = keep(kernels.tensor('f32', standard.mean, [values]));
    const deviation = keep(kernels.tensor('f32', standard.deviation, [values]));
    for (let at = 0; at < x.length; at += CHUNK * values) {
      const part = x.subarray(at, at + CHUNK * values);
      const rows = kernels.tensor('f32', part, [part.length / values, values]);
      const result = await kernels.standardize(rows, mean, deviation);
      out.set(await kernels.read(result), at);
      kernels.free(rows, result);
    }
  });
  return out;
}
