import type { CollectionKernels, Tensor } from '@syntrace/core';
import { ForensicBridge } from './forensics.js';

/** What residuals of a collection have in common. */
export abstract class CollectionBridge extends ForensicBridge implements CollectionKernels {
  meansOfOthers(x: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.one('meansOfOthers', [x]);
  }

  latticePeaks(x: Tensor<'f32'>, period: number): Promise<Tensor<'f64'>> {
    return this.one('latticePeaks', [x], [period]);
  }
}
