import type { IntermediateOptions, Logger, Run } from '../contract/detector.js';
import type { Image } from '../contract/image.js';
import type { Kernels } from '../contract/kernels.js';
import type { Tensor } from '../contract/tensor.js';
import type { Registry } from '../registry/registry.js';

/** One batch's shared results: each intermediate is computed once per image and options, and freed with the batch. */
export class BatchRun implements Run {
  private readonly results = new Map<Image, Map<string, Promise<Tensor<'f32'>>>>();

  constructor(
    private readonly registry: Registry,
    readonly kernels: Kernels,
    readonly logger: Logger,
    readonly signal: AbortSignal,
  ) {}

  async intermediate(id: string, images: readonly Image[], options: IntermediateOptions = {}): Promise<readonly Tensor<'f32'>[]> {
    const key = `${id} ${stableJson(options)}`;
    const missing = [...new Set(images)].filter(image => !this.results.get(image)?.has(key));
    if (missing.length > 0) {
      const computed = this.registry.intermediate(id).compute(missing, options, this);
      // A rejection reaches whoever awaits the result; it must not also count as unhandled.
      computed.catch(() => {});
      missing.forEach((image, i) => {
        const result = computed.then(tensors => tensors[i]!);
        result.catch(() => {});
        this.of(image).set(key, result);
      });
    }
    return Promise.all(images.map(image => this.of(image).get(key)!));
  }

  /** Frees what was shared. Nobody may use the run afterwards. */
  async end(): Promise<void> {
    const settled = await Promise.allSettled([...this.results.values()].flatMap(results => [...results.values()]));
    this.results.clear();
    this.kernels.free(...new Set(settled.flatMap(result => (result.status === 'fulfilled' && result.value ? [result.value] : []))));
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
