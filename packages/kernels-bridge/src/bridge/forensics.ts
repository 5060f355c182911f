import type { ForensicKernels, Tensor } from '@syntrace/core';
import { NeighbourBridge } from './neighbours.js';

/** Traces of watermarks and of earlier encodes. */
export abstract class ForensicBridge extends NeighbourBridge implements ForensicKernels {
  watermarkVotes(images: Tensor<'u8'>, lengths: readonly number[]): Promise<Tensor<'f32'>> {
    return this.one('watermarkVotes', [images], lengths);
  }

  gridFit(plane: Tensor<'f32'>, tables: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.one('gridFit', [plane, tables]);
  }

  gridFitMap(plane: Tensor<'f32'>, table: Tensor<'f32'>, { x, y }: { readonly x: number; readonly y: number }): Promise<Tensor<'f32'>> {
    return this.one('gridFitMap', [plane, table], [y, x]);
  }
}
