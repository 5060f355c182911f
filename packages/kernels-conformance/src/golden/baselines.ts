import { describe, expect, test } from 'vitest';
import { expectClose } from '../compare.js';
import type { Harness } from '../harness.js';
import type { NpyArray } from '../npy.js';
import { array } from './vectors.js';

const file = (name: string) => array(`frequency/baselines/${name}`) as NpyArray<'f64'>;

/** The reference vectors of the baselines: neighbours and principal components. */
export function testBaselineGolden(h: Harness): void {
  describe('golden vectors: baselines', () => {
    test('five nearest neighbours', async () => {
      const [test, train] = [h.up(file('test_features')), h.up(file('train_features'))];
      const { distances, indices } = await h.kernels.nearest(test, train, { k: 5, withoutSelf: false });
      expectClose(await h.values(Promise.resolve(distances)), file('knn_dist_k5').data, { absolute: 1e-3, relative: 1e-5, why: 'manifest' });
      expect(await h.values(Promise.resolve(indices))).toEqual(file('knn_index_k5').data);
    });

    test('principal components', async () => {
      const variances = file('pca_explained_variance').data;
      const { mean, axes, variances: all } = await h.kernels.principalAxes(h.up(file('train_features')), variances.length);
      expectClose(await h.values(Promise.resolve(mean)), file('pca_mean').data, { absolute: 1e-5, relative: 1e-6, why: 'stored in float32' });
      const every = await h.values(Promise.resolve(all));
      expectClose(Array.from(every).slice(0, variances.length), variances, { relative: 1e-5, why: 'manifest' });
      const total = Array.from(every).reduce((sum, value) => sum + value, 0);
      expectClose(
        Array.from(variances, value => value / total),
        file('pca_explained_ratio').data,
        { relative: 1e-5, why: 'manifest' },
      );
      const [got, want] = [await h.values(Promise.resolve(axes)), file('pca_components_10')];
      const width = want.shape[1]!;
      const signs = Array.from({ length: 10 }, (_, i) =>
        Math.sign(want.data.slice(i * width, (i + 1) * width).reduce((sum, v, k) => sum + v * got[i * width + k]!, 0)),
      );
      expectClose(
        Array.from(want.data, (_, i) => got[i]! * signs[Math.floor(i / width)]!),
        want.data,
        { absolute: 1e-4, why: 'manifest, signs aside' },
      );
    });
  });
}
