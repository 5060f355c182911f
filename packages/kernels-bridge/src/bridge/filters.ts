import type { FilterKernels, GaussianOptions, Resampling, Tensor } from '@syntrace/core';
import { SpectrumBridge } from './spectra.js';

/** Filters and noise of perturbations. */
export abstract class FilterBridge extends SpectrumBridge implements FilterKernels {
  gaussianBlur(images: Tensor<'u8'>, { taps = 0, sigma = 0, arithmetic }: GaussianOptions): Promise<Tensor<'u8'>> {
    return this.one('gaussianBlur', [images], [taps, sigma], arithmetic);
  }

  medianFilter(images: Tensor<'u8'>, side: number): Promise<Tensor<'u8'>> {
    return this.one('medianFilter', [images], [side]);
  }

  bilateralFilter(
    images: Tensor<'u8'>,
    { radius, colourSigma, spaceSigma }: { readonly radius: number; readonly colourSigma: number; readonly spaceSigma: number },
  ): Promise<Tensor<'u8'>> {
    return this.one('bilateralFilter', [images], [radius, colourSigma, spaceSigma]);
  }

  normalNoise(shape: readonly number[], { seed, stream }: { readonly seed: number; readonly stream: number }): Promise<Tensor<'f32'>> {
    return this.one('normalNoise', [], [seed, stream, ...shape]);
  }

  addNoise(images: Tensor<'u8'>, noise: Tensor<'f32'>, deviation: number): Promise<Tensor<'u8'>> {
    return this.one('addNoise', [images, noise], [deviation]);
  }

  resize(
    images: Tensor<'u8'>,
    { width, height, resampling }: { readonly width: number; readonly height: number; readonly resampling: Resampling },
  ): Promise<Tensor<'u8'>> {
    return this.one('resize', [images], [width, height], resampling);
  }
}
