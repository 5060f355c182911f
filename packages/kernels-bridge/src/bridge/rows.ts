import type { AdamOptions, AdamState, Moments, RowKernels, Tensor } from '@syntrace/core';
import { TransformBridge } from './transforms.js';

/** Rows of features: statistics and layers. */
export abstract class RowBridge extends TransformBridge implements RowKernels {
  async moments(state: Moments | null, samples: Tensor<'f32' | 'f64'>): Promise<Moments> {
    const known = state ? [state.mean, state.m2].map(values => this.tensor('f64', values, [values.length])) : [];
    const results: Tensor[] = [];
    try {
      results.push(...(await this.run('moments', [samples, ...known], [state?.count ?? 0])));
      const [mean, m2] = (await Promise.all(results.map(result => this.read(result)))) as [Float64Array, Float64Array];
      return { count: (state?.count ?? 0) + (samples.shape[0] ?? 0), mean, m2 };
    } finally {
      this.free(...known, ...results);
    }
  }

  standardize<D extends 'f32' | 'f64'>(x: Tensor<D>, mean: Tensor<D>, deviation: Tensor<D>): Promise<Tensor<D>> {
    return this.one('standardize', [x, mean, deviation]);
  }

  linear(x: Tensor<'f32'>, weights: Tensor<'f32'>, bias: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.one('linear', [x, weights, bias]);
  }

  concat(parts: readonly Tensor<'f32'>[]): Promise<Tensor<'f32'>> {
    return this.one('concat', parts);
  }

  async adam<D extends 'f32' | 'f64'>(state: AdamState<D>, gradient: Tensor<D>, options: AdamOptions): Promise<AdamState<D>> {
    const { step, rate, beta1, beta2, epsilon, form } = options;
    const before = [state.parameters, gradient, state.first, state.second];
    const [parameters, first, second] = (await this.run('adam', before, [step, rate, beta1, beta2, epsilon], form)) as Three<Tensor<D>>;
    return { parameters, first, second };
  }
}

type Three<T> = [T, T, T];
