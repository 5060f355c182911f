import type { NoiseKernels, PrnuSums, ResidualOptions, Tensor, WaveletBands, WaveletBorder } from '@syntrace/core';
import { listed } from '../checks.js';
import { CorrelationBridge } from './correlation.js';

/** Noise residuals and what is made of many of them. */
export abstract class NoiseBridge extends CorrelationBridge implements NoiseKernels {
  async dwt2<D extends 'f32' | 'f64'>(x: Tensor<D>, border: WaveletBorder): Promise<WaveletBands<D>> {
    const [low, alongX, alongY, alongBoth] = await this.run('dwt2', [x], [], border);
    return { low, alongX, alongY, alongBoth } as WaveletBands<D>;
  }

  idwt2<D extends 'f32' | 'f64'>(
    { low, alongX, alongY, alongBoth }: WaveletBands<D>,
    { border, height, width }: { readonly border: WaveletBorder; readonly height: number; readonly width: number },
  ): Promise<Tensor<D>> {
    return this.one('idwt2', [low, alongX, alongY, alongBoth], [height, width], border);
  }

  localWiener<D extends 'f32' | 'f64'>(x: Tensor<D>, variance: number): Promise<Tensor<D>> {
    return this.one('localWiener', [x], [variance]);
  }

  noiseResidual<D extends 'u8' | 'f32' | 'f64'>(
    pictures: Tensor<D>,
    { border, levels, sigma, grey }: ResidualOptions,
  ): Promise<Tensor<D extends 'f64' ? 'f64' : 'f32'>> {
    return this.one('noiseResidual', [pictures], [levels, sigma, Number(grey)], border);
  }

  zeroMean<D extends 'f32' | 'f64'>(x: Tensor<D>): Promise<Tensor<D>> {
    return this.one('zeroMean', [x]);
  }

  fourierWiener<D extends 'f32' | 'f64'>(x: Tensor<D>): Promise<Tensor<D>> {
    return this.one('fourierWiener', [x]);
  }

  async prnuAdd(
    sums: PrnuSums | null,
    pictures: Tensor<'u8'>,
    { levels, sigma, saturation }: { readonly levels: number; readonly sigma: number; readonly saturation: 'published' | 'corrected' },
  ): Promise<PrnuSums> {
    const known = sums ? [sums.products, sums.weights] : [];
    const [products, weights] = await this.run('prnuAdd', [pictures, ...known], [levels, sigma], saturation);
    return { products, weights } as PrnuSums;
  }

  prnuEstimate({ products, weights }: PrnuSums): Promise<Tensor<'f32'>> {
    return this.one('prnuEstimate', [products, weights]);
  }

  normalisedCorrelation(a: Tensor<'f32'>, b: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.one('normalisedCorrelation', [a, b]);
  }

  groupMeans<D extends 'f32' | 'f64'>(x: Tensor<D>, groups: readonly (readonly number[])[]): Promise<Tensor<D>> {
    return this.one('groupMeans', [x], listed(groups));
  }

  groupSums<D extends 'f32' | 'f64'>(x: Tensor<D>, groups: readonly (readonly number[])[]): Promise<Tensor<D>> {
    return this.one('groupSums', [x], listed(groups));
  }
}
