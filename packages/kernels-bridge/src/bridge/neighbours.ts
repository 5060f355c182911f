import type { NeighbourKernels, Tensor } from '@syntrace/core';
import { FilterBridge } from './filters.js';

type Floats = 'f32' | 'f64';
type F64 = Tensor<'f64'>;

/** Distances between rows and their principal axes. */
export abstract class NeighbourBridge extends FilterBridge implements NeighbourKernels {
  distances<D extends Floats>(a: Tensor<D>, b: Tensor<D>): Promise<F64> {
    return this.one('distances', [a, b]);
  }

  async nearest<D extends Floats>(
    queries: Tensor<D>,
    rows: Tensor<D>,
    { k, withoutSelf }: { readonly k: number; readonly withoutSelf: boolean },
  ): Promise<{ distances: F64; indices: F64 }> {
    const [distances, indices] = (await this.run('nearest', [queries, rows], [k, Number(withoutSelf)])) as [F64, F64];
    return { distances, indices };
  }

  async symmetricEigen(x: F64): Promise<{ values: F64; vectors: F64 }> {
    const [values, vectors] = (await this.run('symmetricEigen', [x])) as [F64, F64];
    return { values, vectors };
  }

  async svd(x: F64): Promise<{ u: F64; s: F64; v: F64 }> {
    const [u, s, v] = (await this.run('svd', [x])) as [F64, F64, F64];
    return { u, s, v };
  }

  async principalAxes(rows: Tensor<Floats>, count: number): Promise<{ mean: F64; axes: F64; variances: F64 }> {
    const [mean, axes, variances] = (await this.run('principalAxes', [rows], [count])) as [F64, F64, F64];
    return { mean, axes, variances };
  }
}
