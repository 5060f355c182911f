import {
  type ColourMap,
  type ColourSpace,
  type DType,
  type HostArrays,
  type Kernels,
  type Moments,
  SyntraceError,
  type Tensor,
  type Window,
} from '@syntrace/core';
import type { Binding } from './binding.js';
import { reportedError, trapDetail } from './binding-error.js';
import { checkedData, checkedWindows } from './checks.js';
import { HandleTensor } from './handle-tensor.js';

export interface BridgeOptions {
  readonly backend: string;
  readonly threads: number;
  /** Opens a fresh session: at first, and again after a trap. */
  readonly open: () => Binding;
}

type Floats = 'f32' | 'f64';

/** The kernel contract over a session of the Rust kernels. Sizes and values are checked in Rust; only what never gets there is checked here. */
export class BridgeKernels implements Kernels {
  readonly backend: string;
  readonly threads: number;
  readonly #open: () => Binding;
  #binding: Binding | undefined;

  constructor({ backend, threads, open }: BridgeOptions) {
    this.backend = backend;
    this.threads = threads;
    this.#open = open;
    this.#binding = open();
  }

  tensor<D extends DType>(dtype: D, data: HostArrays[D], shape: readonly number[]): Tensor<D> {
    checkedData(dtype, data, shape);
    const binding = this.#session('tensor');
    const id = this.#guarded('tensor', binding, () => binding.upload(dtype, data, shape));
    return new HandleTensor(this.backend, binding, id, dtype, [...shape]);
  }

  async read<D extends DType>(tensor: Tensor<D>): Promise<HostArrays[D]> {
    const binding = this.#session('read');
    const id = this.#id('read', tensor);
    return this.#guarded('read', binding, () => binding.download(id, tensor.dtype)) as HostArrays[D];
  }

  free(...tensors: Tensor[]): void {
    for (const tensor of tensors) if (tensor instanceof HandleTensor) tensor.free();
  }

  async close(): Promise<void> {
    this.#binding = undefined;
  }

  colour(images: Tensor<'u8'>, space: ColourSpace): Promise<Tensor<'f32'>> {
    return this.#one('colour', [images], [], space);
  }

  crop<D extends 'u8' | 'f32'>(x: Tensor<D>, windows: readonly Window[]): Promise<Tensor<D>> {
    return this.#one('crop', [x], () => checkedWindows(windows));
  }

  padReflect(images: Tensor<'u8'>, least: { width: number; height: number }): Promise<Tensor<'u8'>> {
    return this.#one('padReflect', [images], [least.width, least.height]);
  }

  dct2<D extends Floats>(x: Tensor<D>): Promise<Tensor<D>> {
    return this.#one('dct2', [x]);
  }

  rfft2(x: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.#one('rfft2', [x]);
  }

  irfft2(x: Tensor<'f32'>, width: number): Promise<Tensor<'f32'>> {
    return this.#one('irfft2', [x], [width]);
  }

  logAbs<D extends Floats>(x: Tensor<D>, eps: number): Promise<Tensor<D>> {
    return this.#one('logAbs', [x], [eps]);
  }

  logSpectrum(x: Tensor<'f32'>, eps: number): Promise<Tensor<'f32'>> {
    return this.#one('logSpectrum', [x], [eps]);
  }

  async tileLogDct(
    x: Tensor<'f32'>,
    options: { readonly tile: number; readonly stride: number; readonly eps: number },
  ): Promise<{ mean: Tensor<'f32'>; deviation: Tensor<'f32'> }> {
    const [mean, deviation] = await this.#run('tileLogDct', [x], [options.tile, options.stride, options.eps]);
    return { mean, deviation } as { mean: Tensor<'f32'>; deviation: Tensor<'f32'> };
  }

  radialMean(x: Tensor<'f32'>, options: { readonly origin: 'corner' | 'centre'; readonly bins: number }): Promise<Tensor<'f32'>> {
    return this.#one('radialMean', [x], [options.bins], options.origin);
  }

  nprResidual(images: Tensor<'u8'>, options: { readonly scale: boolean }): Promise<Tensor<'f32'>> {
    return this.#one('nprResidual', [images], [Number(options.scale)]);
  }

  laplacianVariance(x: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.#one('laplacianVariance', [x]);
  }

  async moments(state: Moments | null, samples: Tensor<'f32' | 'f64'>): Promise<Moments> {
    const known = state ? [state.mean, state.m2].map(values => this.tensor('f64', values, [values.length])) : [];
    const results: Tensor[] = [];
    try {
      results.push(...(await this.#run('moments', [samples, ...known], [state?.count ?? 0])));
      const [mean, m2] = (await Promise.all(results.map(result => this.read(result)))) as [Float64Array, Float64Array];
      return { count: (state?.count ?? 0) + (samples.shape[0] ?? 0), mean, m2 };
    } finally {
      this.free(...known, ...results);
    }
  }

  standardize(x: Tensor<'f32'>, mean: Tensor<'f32'>, deviation: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.#one('standardize', [x, mean, deviation]);
  }

  linear(x: Tensor<'f32'>, weights: Tensor<'f32'>, bias: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.#one('linear', [x, weights, bias]);
  }

  concat(parts: readonly Tensor<'f32'>[]): Promise<Tensor<'f32'>> {
    return this.#one('concat', parts);
  }

  heatMap(plane: Tensor<'f32'>, options: { readonly map: ColourMap; readonly low: number; readonly high: number }): Promise<Tensor<'u8'>> {
    return this.#one('heatMap', [plane], [options.low, options.high], options.map);
  }

  thumbnail(image: Tensor<'u8'>, side: number): Promise<Tensor<'u8'>> {
    return this.#one('thumbnail', [image], [side]);
  }

  /** Makes the backend fail inside, to test that it is reopened. */
  async trapForTest(): Promise<void> {
    const binding = this.#session('trapForTest');
    this.#guarded('trapForTest', binding, () => binding.trapForTest());
  }

  async #one<D extends DType>(op: string, inputs: readonly Tensor[], parameters?: Parameters, option?: string): Promise<Tensor<D>> {
    const [result] = await this.#run(op, inputs, parameters, option);
    return result as Tensor<D>;
  }

  async #run(op: string, inputs: readonly Tensor[], parameters: Parameters = [], option = ''): Promise<Tensor[]> {
    const binding = this.#session(op);
    const ids = inputs.map(input => this.#id(op, input));
    const numbers = typeof parameters === 'function' ? parameters() : parameters;
    try {
      const results = await binding.call(op, option, ids, numbers);
      return results.map(id => {
        const { dtype, shape } = binding.describe(id);
        return new HandleTensor(this.backend, binding, id, dtype, shape);
      });
    } catch (error) {
      throw this.#failure(op, binding, error);
    }
  }

  #session(op: string): Binding {
    if (!this.#binding) throw new SyntraceError('KERNEL_FOREIGN_TENSOR', { op, owner: 'a closed backend' });
    return this.#binding;
  }

  #id(op: string, tensor: Tensor): number {
    if (tensor instanceof HandleTensor && tensor.binding === this.#binding && tensor.id !== 0) return tensor.id;
    const ours = tensor instanceof HandleTensor && tensor.backend === this.backend;
    throw new SyntraceError('KERNEL_FOREIGN_TENSOR', { op, owner: ours ? 'an earlier or another session' : `backend ${tensor?.backend ?? 'none'}` });
  }

  #guarded<R>(op: string, binding: Binding, work: () => R): R {
    try {
      return work();
    } catch (error) {
      throw this.#failure(op, binding, error);
    }
  }

  /** A refusal by Rust as it is; anything else means that the session cannot be trusted any more and is replaced. */
  #failure(op: string, binding: Binding, error: unknown): SyntraceError {
    if (SyntraceError.is(error)) return error;
    const refusal = reportedError(error);
    if (refusal) return refusal;
    if (this.#binding === binding) this.#binding = this.#open();
    return new SyntraceError('KERNEL_TRAP', { op, backend: this.backend, detail: trapDetail(error) }, error);
  }
}

type Parameters = readonly number[] | (() => readonly number[]);
