import { type Explanation, type Image, type Run, type Window, windowsOption, withTensors } from '@syntrace/core';

/** Differences below a tenth of a level of a normalised sample are drawn as none. */
const EPS = 1e-3;
/** Largest difference there can be, about. */
const REACH = 3;

/** ln(|N| + eps), averaged over the channels, of a window. */
export async function drawResidual(image: Image, window: Window, run: Run): Promise<Explanation['picture']> {
  const { kernels } = run;
  const [residual] = await run.intermediate('residual.npr', [image], { windows: windowsOption([window]) });
  return withTensors(kernels, async keep => {
    const pixels = keep(await kernels.interleave(keep(await kernels.logAbs(residual!, EPS))));
    const rows = keep(kernels.tensor('f32', await kernels.read(pixels), [window.width * window.height, 3]));
    const third = keep(kernels.tensor('f32', new Float32Array(3).fill(1 / 3), [1, 3]));
    const mean = keep(await kernels.linear(rows, third, keep(kernels.tensor('f32', new Float32Array(1), [1]))));
    const plane = keep(kernels.tensor('f32', await kernels.read(mean), [window.height, window.width]));
    const rgba = keep(await kernels.heatMap(plane, { map: 'inferno', low: Math.log(EPS), high: Math.log(REACH) }));
    return { width: window.width, height: window.height, data: await kernels.read(rgba) };
  });
}
