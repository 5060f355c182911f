import type { IntermediateOptions, Logger, Run, RunProgress } from '../contract/detector.js';
import type { Image } from '../contract/image.js';
import type { Kernels } from '../contract/kernels.js';
import type { Tensor } from '../contract/tensor.js';
import { SyntraceError } from '../errors.js';
import type { Registry } from '../registry/registry.js';

/** One batch's shared results: each intermediate is computed once per image and options, and freed with the batch. */
export class BatchRun implements Run {
  private results = new Map<Image, Map<string, Promise<Tensor<'f32'>>>>();
  private ended = false;

  constructor(
    private readonly registry: Registry,
    readonly kernels: Kernels,
    readonly logger: Logger,
    readonly signal: AbortSignal,
    readonly progress: (progress: RunProgress) => void = () => {},
  ) {}

  async intermediate(id: string, images: readonly Image[], options: IntermediateOptions = {}): Promise<readonly Tensor<'f32'>[]> {
    if (this.ended) throw new SyntraceError('ABORTED', {}, new Error(`intermediate ${id} was asked of a run that has ended`));
    const key = `${id} ${stableJson(options)}`;
    const missing = [...new Set(images)].filter(image => !this.results.get(image)?.has(key));
    if (missing.length > 0) {
      const computed = this.compute(id, missing, options);
      missing.forEach((image, i) => {
        const result = computed.then(tensors => tensors[i]!);
        this.of(image).set(key, result);
        // A rejection reaches whoever awaits the result; it must not also count as unhandled. That of a batch is forgotten, so that the good images can be tried alone.
        result.catch(() => missing.length > 1 && this.results.get(image)?.delete(key));
      });
    }
    return Promise.all(images.map(image => this.of(image).get(key)!));
  }

  /** Frees what was shared, also what a computation left running still asks for. Nobody may use the run afterwards. */
  async end(): Promise<void> {
    const tensors = new Set<Tensor>();
    while (this.results.size > 0) {
      const pending = [...this.results.values()].flatMap(results => [...results.values()]);
      this.results = new Map();
      for (const result of await Promise.allSettled(pending)) if (result.status === 'fulfilled') tensors.add(result.value);
    }
    this.ended = true;
    this.kernels.free(...tensors);
  }

  private async compute(id: string, images: readonly Image[], options: IntermediateOptions): Promise<readonly Tensor<'f32'>[]> {
    const tensors = await this.registry.intermediate(id).compute(images, options, this);
    if (tensors.length === images.length) return tensors;
    this.kernels.free(...tensors);
    throw new SyntraceError('KERNEL_SHAPE', { op: `intermediate ${id}`, expected: `${images.length} tensors`, received: tensors.length });
  }

  private of(image: Image): Map<string, Promise<Tensor<'f32'>>> {
    const existing = this.results.get(image);
    if (existing) return existing;
    const results = new Map<string, Promise<Tensor<'f32'>>>();
    this.results.set(image, results);
    return results;
  }
}

const stableJson = (options: IntermediateOptions): string => JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)));
