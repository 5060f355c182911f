import { type Image, type Run, type Tensor, type Window, windowsOption, withTensors } from '@syntrace/core';
import { halfWidth } from '../model/heads.js';
import type { FrontEnd } from './front-end.js';

/** Added to the magnitude before the logarithm (specification, section 4). */
const LOG_FLOOR = 1e-10;
const SPACE = 'ycbcr-studio-truncated';

/** Levels of Y, Cb and Cr of a window, f32 [1, 3, w, w]; the run owns them. */
export async function planesOf(image: Image, window: Window, run: Run): Promise<Tensor<'f32'>> {
  const [planes] = await run.intermediate('planes', [image], { space: SPACE, windows: windowsOption([window]) });
  return planes!;
}

/** Whether one of the planes is constant, as Cb and Cr of a grey picture are: it has no residual, and the logarithm of nothing would decide. */
export const hasFlatPlane = (planes: Tensor<'f32'>, { kernels }: Pick<Run, 'kernels'>): Promise<boolean> =>
  withTensors(kernels, async keep => {
    const variances = await kernels.read(keep(await kernels.laplacianVariance(planes)));
    return variances.some(value => value === 0);
  });

/** Log spectra of the residual of planes, f32 [n, 3, s, s], zero frequency in the middle (specification, section 4). */
export const logSpectra = (planes: Tensor<'f32'>, frontEnd: FrontEnd, { kernels }: Pick<Run, 'kernels'>): Promise<Tensor<'f32'>> =>
  withTensors(kernels, async keep => kernels.centredLogSpectrum(keep(await frontEnd.residual(planes, kernels)), LOG_FLOOR));

/** The frequencies with fx ≤ 0 of log spectra: the others are their mirror image. */
export const halfOf = (spectra: Tensor<'f32'>, { kernels }: Pick<Run, 'kernels'>): Promise<Tensor<'f32'>> => {
  const [height, width] = spectra.shape.slice(-2) as [number, number];
  return kernels.crop(spectra, [{ x: 0, y: 0, width: halfWidth(width), height }]);
};
