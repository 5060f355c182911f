import type { Tensor, TransformKernels } from '@syntrace/core';
import { PixelBridge } from './pixels.js';

/** Transforms of planes and what is made of spectra. */
export abstract class TransformBridge extends PixelBridge implements TransformKernels {
  dct2<D extends 'f32' | 'f64'>(x: Tensor<D>): Promise<Tensor<D>> {
    return this.one('dct2', [x]);
  }

  fft2<D extends 'f32' | 'f64'>(x: Tensor<D>): Promise<Tensor<D>> {
    return this.one('fft2', [x]);
  }

  ifft2<D extends 'f32' | 'f64'>(x: Tensor<D>): Promise<Tensor<D>> {
    return this.one('ifft2', [x]);
  }

  rfft2(x: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.one('rfft2', [x]);
  }

  irfft2(x: Tensor<'f32'>, width: number): Promise<Tensor<'f32'>> {
    return this.one('irfft2', [x], [width]);
  }

  logAbs<D extends 'f32' | 'f64'>(x: Tensor<D>, eps: number): Promise<Tensor<D>> {
    return this.one('logAbs', [x], [eps]);
  }

  logSpectrum(x: Tensor<'f32'>, eps: number): Promise<Tensor<'f32'>> {
    return this.one('logSpectrum', [x], [eps]);
  }

  async tileLogDct(
    x: Tensor<'f32'>,
    options: { readonly tile: number; readonly stride: number; readonly eps: number },
  ): Promise<{ mean: Tensor<'f32'>; deviation: Tensor<'f32'> }> {
    const [mean, deviation] = await this.run('tileLogDct', [x], [options.tile, options.stride, options.eps]);
    return { mean, deviation } as { mean: Tensor<'f32'>; deviation: Tensor<'f32'> };
  }

  radialMean(x: Tensor<'f32'>, options: { readonly origin: 'corner' | 'centre'; readonly bins: number }): Promise<Tensor<'f32'>> {
    return this.one('radialMean', [x], [options.bins], options.origin);
  }
}
