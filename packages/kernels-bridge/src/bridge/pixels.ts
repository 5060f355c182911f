import type { ColourMap, ColourSpace, PixelKernels, Tensor, Window } from '@syntrace/core';
import { checkedWindows } from '../checks.js';
import { SessionBridge } from './session.js';

/** Pictures and planes of samples. */
export abstract class PixelBridge extends SessionBridge implements PixelKernels {
  colour(images: Tensor<'u8'>, space: ColourSpace): Promise<Tensor<'f32'>> {
    return this.one('colour', [images], [], space);
  }

  interleave<D extends 'f32' | 'f64'>(planes: Tensor<D>): Promise<Tensor<D>> {
    return this.one('interleave', [planes]);
  }

  crop<D extends 'u8' | 'f32'>(x: Tensor<D>, windows: readonly Window[]): Promise<Tensor<D>> {
    return this.one('crop', [x], () => checkedWindows(windows));
  }

  padReflect(images: Tensor<'u8'>, least: { width: number; height: number }): Promise<Tensor<'u8'>> {
    return this.one('padReflect', [images], [least.width, least.height]);
  }

  nprResidual(images: Tensor<'u8'>, options: { readonly scale: boolean }): Promise<Tensor<'f32'>> {
    return this.one('nprResidual', [images], [Number(options.scale)]);
  }

  laplacianVariance(x: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.one('laplacianVariance', [x]);
  }

  heatMap(plane: Tensor<'f32'>, options: { readonly map: ColourMap; readonly low: number; readonly high: number }): Promise<Tensor<'u8'>> {
    return this.one('heatMap', [plane], [options.low, options.high], options.map);
  }

  thumbnail(image: Tensor<'u8'>, side: number): Promise<Tensor<'u8'>> {
    return this.one('thumbnail', [image], [side]);
  }
}
