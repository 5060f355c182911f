import { type DType, type HostArrays, SyntraceError, type Tensor } from '@syntrace/core';
import type { Binding } from '../binding.js';
import { reportedError, trapDetail } from '../binding-error.js';
import { checkedData } from '../checks.js';
import { HandleTensor } from '../handle-tensor.js';

export interface BridgeOptions {
  readonly backend: string;
  readonly threads: number;
  /** Opens a fresh session: at first, and again after a trap. */
  readonly open: () => Binding;
}

/** Tensors of a session of the Rust kernels, and calls on them: what every operation goes through. */
export abstract class SessionBridge {
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
    try {
      return (await binding.download(id, tensor.dtype)) as HostArrays[D];
    } catch (error) {
      throw this.#failure('read', binding, error);
    }
  }

  free(...tensors: Tensor[]): void {
    for (const tensor of tensors) if (tensor instanceof HandleTensor) tensor.free();
  }

  async close(): Promise<void> {
    this.#binding?.close?.();
    this.#binding = undefined;
  }

  /** Makes the backend fail inside, to test that it is reopened. */
  async trapForTest(): Promise<void> {
    const binding = this.#session('trapForTest');
    this.#guarded('trapForTest', binding, () => binding.trapForTest());
  }

  protected async one<D extends DType>(op: string, inputs: readonly Tensor[], parameters?: Parameters, option?: string): Promise<Tensor<D>> {
    const [result] = await this.run(op, inputs, parameters, option);
    return result as Tensor<D>;
  }

  protected async run(op: string, inputs: readonly Tensor[], parameters: Parameters = [], option = ''): Promise<Tensor[]> {
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
