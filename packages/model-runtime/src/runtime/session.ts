import { type ModelSession, type ModelTensors, messageOf, type StoredTensor, SyntraceError } from '@syntrace/core';
import type { InferenceSession } from 'onnxruntime-common';
import type { OrtModule } from './provider.js';
import { joined, rowsOf, sliced } from './rows.js';

/** Rows that run at once unless told otherwise: enough to fill a card, few enough for any memory. */
const BATCH = 16;

/** An open session of ONNX Runtime. Runs queue up: no runtime lets one session run twice at a time on every provider. */
export class OrtSession implements ModelSession {
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly ort: OrtModule,
    private readonly session: InferenceSession,
    private readonly file: string,
    readonly provider: string,
  ) {}

  get inputs(): readonly string[] {
    return this.session.inputNames;
  }

  get outputs(): readonly string[] {
    return this.session.outputNames;
  }

  async run(inputs: ModelTensors, { batch = BATCH }: { readonly batch?: number } = {}): Promise<ModelTensors> {
    const rows = rowsOf(inputs, this.file, this.provider);
    const parts: ModelTensors[] = [];
    for (let at = 0; at < rows; at += batch) parts.push(await this.queued(sliced(inputs, at, Math.min(rows, at + batch))));
    return joined(parts);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.last;
    await this.session.release();
  }

  private queued(inputs: ModelTensors): Promise<ModelTensors> {
    const result = this.last.then(() => this.once(inputs));
    this.last = result.catch(() => {});
    return result;
  }

  private async once(inputs: ModelTensors): Promise<ModelTensors> {
    try {
      if (this.closed) throw new Error('its session is closed');
      const feeds = Object.fromEntries(Object.entries(inputs).map(([name, { data, shape }]) => [name, new this.ort.Tensor('float32', data, shape)]));
      const results = await this.session.run(feeds);
      const outputs = await Promise.all(Object.entries(results).map(async ([name, tensor]) => [name, await plain(name, tensor)] as const));
      return Object.fromEntries(outputs);
    } catch (error) {
      throw SyntraceError.from(error, 'MODEL_FAILED', { file: this.file, id: this.provider, detail: messageOf(error) });
    }
  }
}

/** A result in the host's memory; the runtime's own is given back. */
async function plain(name: string, tensor: InferenceSession.OnnxValueMapType[string]): Promise<StoredTensor<'f32'>> {
  const data = await tensor.getData(true);
  if (!(data instanceof Float32Array)) throw new Error(`its output ${name} is ${tensor.type}, expected float32`);
  return { dtype: 'f32', shape: [...tensor.dims], data };
}
