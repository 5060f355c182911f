import type { Tensor, TextureKernels, YcbcrCoefficients } from '@syntrace/core';
import { NoiseBridge } from './noise.js';

/** Texture and colour statistics. */
export abstract class TextureBridge extends NoiseBridge implements TextureKernels {
  quantise(x: Tensor<'f32' | 'f64'>, rounding: 'truncate' | 'round'): Promise<Tensor<'u8'>> {
    return this.one('quantise', [x], [], rounding);
  }

  haralick(planes: Tensor<'u8'>, directions: 'each' | 'mean'): Promise<Tensor<'f64'>> {
    return this.one('haralick', [planes], [], directions);
  }

  colourPlanes(images: Tensor<'u8'>, coefficients: YcbcrCoefficients): Promise<Tensor<'u8'>> {
    return this.one('colourPlanes', [images], [], coefficients);
  }

  csd(images: Tensor<'u8'>, coefficients: YcbcrCoefficients): Promise<Tensor<'f64'>> {
    return this.one('csd', [images], [], coefficients);
  }

  richModel(images: Tensor<'u8'>, scale: 'full' | 'half'): Promise<Tensor<'f32'>> {
    return this.one('richModel', [images], [], scale);
  }
}
