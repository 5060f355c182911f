import type { ColourMap } from '@syntrace/core';
import type { Drawing } from '../engine/protocol.js';
import type { Session } from './session.js';

const STEPS = 64;

/** A colour map from low to high, one row. */
export async function drawRamp(map: ColourMap, { syntrace }: Session): Promise<Drawing> {
  const kernels = await syntrace.kernels();
  const row = kernels.tensor(
    'f32',
    Float32Array.from({ length: STEPS }, (_, i) => i),
    [1, STEPS],
  );
  const colours = await kernels.heatMap(row, { map, low: 0, high: STEPS - 1 }).finally(() => kernels.free(row));
  return { width: STEPS, height: 1, data: await kernels.read(colours).finally(() => kernels.free(colours)) };
}
