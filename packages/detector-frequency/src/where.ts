import { type Explanation, type Image, type KeepTensor, type Kernels, type Run, type Tensor, type Window, windowsOption, withTensors } from '@syntrace/core';
import { inverseDct2, productWith, transposed } from './inverse-dct.js';

/** Samples along a cell of the map. */
const CELL = 8;

/** Where in a window the chosen coefficients of its luma's DCT have their energy: they alone are transformed back, squared and averaged over cells of 8×8.
 *  A single coefficient lies everywhere; what many of them share lies somewhere. `chosen` is [height · width], 0 or 1. */
export async function drawWhere(image: Image, window: Window, chosen: ArrayLike<number>, run: Run): Promise<Explanation> {
  const { kernels } = run;
  const [planes] = await run.intermediate('planes', [image], { space: 'bt601', windows: windowsOption([window]) });
  return withTensors(kernels, async keep => {
    const { width, height } = window;
    const coefficients = await kernels.read(keep(await kernels.dct2(planes!)));
    const kept = keep(
      kernels.tensor(
        'f32',
        coefficients.map((value, i) => value * chosen[i]!),
        [height, width],
      ),
    );
    const back = await kernels.read(await inverseDct2(kept, kernels, keep));
    const energy = keep(
      kernels.tensor(
        'f32',
        back.map(value => value * value),
        [height, width],
      ),
    );
    const cells = await averaged(await transposed(await averaged(energy, kernels, keep), kernels, keep), kernels, keep);
    const map = await transposed(cells, kernels, keep);
    const high = (await kernels.read(map)).reduce((most, value) => Math.max(most, value), 1e-6);
    const [rows, columns] = map.shape as [number, number];
    const data = await kernels.read(keep(await kernels.heatMap(map, { map: 'inferno', low: 0, high })));
    return {
      id: 'frequency.where',
      title: 'Where that lies in the picture',
      description: `Energy of the coefficients that pushed most towards synthetic, at ${window.x}, ${window.y} (${width}×${height} samples): bright where they come from.`,
      picture: { width: columns, height: rows, data },
      enlarge: CELL,
      scale: { low: 'none', high: 'most', map: 'inferno' },
    };
  });
}

/** Means over cells along the rows: [h, w] → [h, ⌈w/8⌉]. */
async function averaged(x: Tensor<'f32'>, kernels: Kernels, keep: KeepTensor): Promise<Tensor<'f32'>> {
  const width = x.shape[1]!;
  const count = Math.ceil(width / CELL);
  const weights = Float32Array.from({ length: count * width }, (_, i) => {
    const [cell, at] = [Math.floor(i / width), i % width];
    return Math.floor(at / CELL) === cell ? 1 / Math.min(CELL, width - cell * CELL) : 0;
  });
  return productWith(x, keep(kernels.tensor('f32', weights, [count, width])), kernels, keep);
}

/** 1 for the share of the values that are largest, never for one that is not above 0. */
export function largestOf(values: ArrayLike<number>, share: number): Uint8Array {
  const order = Float64Array.from(values).sort();
  const bound = Math.max(order[Math.max(0, order.length - Math.max(1, Math.round(share * order.length)))]!, Number.MIN_VALUE);
  return Uint8Array.from(values, value => Number(value >= bound));
}
