import { type ColourMap, type Explanation, type Run, withTensors } from '@syntrace/core';

/** A square plane through a colour map. */
export const drawPlane = (plane: Float32Array, side: number, map: ColourMap, low: number, high: number, { kernels }: Run): Promise<Explanation['picture']> =>
  withTensors(kernels, async keep => {
    const rgba = keep(await kernels.heatMap(keep(kernels.tensor('f32', plane, [side, side])), { map, low, high }));
    return { width: side, height: side, data: await kernels.read(rgba) };
  });
