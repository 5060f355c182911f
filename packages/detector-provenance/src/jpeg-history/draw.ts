import { type Explanation, type Kernels, type Tensor, withTensors } from '@syntrace/core';
import type { EarlierEncode } from './earlier-encode.js';
import { candidateTables, QUALITIES } from './tables.js';

/** Fit of each 8×8 block of the earlier grid over the whole picture: parts that were pasted in lack that past. `luma`: [height, width], 0…255. O(samples) */
export const drawEarlierEncode = (earlier: EarlierEncode, last: readonly number[] | null, luma: Tensor<'f32'>, kernels: Kernels): Promise<Explanation> =>
  withTensors(kernels, async keep => {
    const { quality, x, y, fit } = earlier;
    const at = QUALITIES.indexOf(quality) * 64;
    const table = keep(kernels.tensor('f32', candidateTables(last).slice(at, at + 64), [64]));
    const rgba = keep(await kernels.heatMap(keep(await kernels.gridFitMap(luma, table, { x, y })), { map: 'viridis', low: 0, high: 1.5 }));
    const [height, width] = rgba.shape as [number, number, number];
    const moved = x === 0 && y === 0 ? 'on the same grid' : `on a grid that starts ${x} columns and ${y} rows in, so the picture was cropped since`;
    return {
      id: 'provenance.earlier-encode',
      title: 'Earlier JPEG encode',
      description: `The picture was a JPEG of about quality ${quality} before, ${moved} (fit ${fit.toFixed(2)}). Each cell is a block: dark where its coefficients still lie on the steps of that encode, bright where they do not, as in parts put in later or in flat places.`,
      picture: { width, height, data: await kernels.read(rgba) },
      enlarge: 2,
      scale: { low: 'as that encode left it', high: 'no trace of it', map: 'viridis' },
    };
  });
