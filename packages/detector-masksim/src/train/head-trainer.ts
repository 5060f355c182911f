import { type AdamState, type DType, type Kernels, type MaskGradients, type MaskHeads, type Tensor, withTensors } from '@syntrace/core';
import type { Heads } from '../model/heads.js';

const [BETA_1, BETA_2, EPSILON] = [0.9, 0.999, 1e-8];
/** Share of a batch in the running mean and variance of the norm. */
const MOMENTUM = 0.1;

type Part = 'masks' | 'references' | 'mixing' | 'affine' | 'scale';
type State = { readonly [P in Part]: AdamState<P extends 'masks' | 'references' ? 'f32' : 'f64'> };

/** What a step did, before it. */
export interface HeadStep {
  readonly loss: number;
  /** Mean of the three cosines of each picture. */
  readonly similarities: readonly number[];
  /** L2 norm of the gradient of mask and reference. */
  readonly gradient: number;
}

/** One generator's mask, reference, mixing, norm and scale on their way: Adam on the published loss (specification, section 7), with log spectra that stay as they are. One mask. */
export class HeadTrainer {
  private steps = 0;

  private constructor(
    private readonly kernels: Kernels,
    private readonly sides: { readonly height: number; readonly width: number },
    private state: State,
    /** Running mean and variance, [2, 3]. */
    private running: Float64Array,
  ) {}

  static begin(kernels: Kernels, heads: Heads): HeadTrainer {
    const planes = [1, 1, 3, heads.height, heads.width];
    const part = <D extends DType>(dtype: D, data: Parameters<typeof kernels.tensor<D>>[1], shape: readonly number[]) => ({
      parameters: kernels.tensor(dtype, data, shape),
      first: kernels.tensor(dtype, emptyLike(data), shape),
      second: kernels.tensor(dtype, emptyLike(data), shape),
    });
    const state = {
      masks: part('f32', heads.masks, planes),
      references: part('f32', heads.references, planes),
      mixing: part('f64', heads.mixing, [1, 3, 3]),
      affine: part('f64', heads.norm.slice(0, 6), [1, 2, 3]),
      scale: part('f64', heads.scale, [1, 2]),
    };
    return new HeadTrainer(kernels, { height: heads.height, width: heads.width }, state, heads.norm.slice(6));
  }

  /** A step on log spectra [b, 3, h, w]; labels 1 generated, 0 real. O(b·h·w) */
  async step(spectra: Tensor<'f32'>, labels: Uint8Array, rate: number): Promise<HeadStep> {
    const { kernels } = this;
    return withTensors(kernels, async keep => {
      const heads = await this.heads();
      keep(heads.norm);
      const found = await kernels.maskGradients(spectra, heads, keep(kernels.tensor('u8', labels, [1, labels.length])));
      for (const tensor of Object.values(found) as Tensor[]) keep(tensor);
      const [norm, cosines, [loss]] = [await kernels.read(found.norm), await kernels.read(found.cosines), await kernels.read(found.loss)];
      const gradient = await this.lengthOf(found);
      await this.move(found, keep(kernels.tensor('f64', norm.slice(0, 6), [1, 2, 3])), rate);
      this.follow(norm);
      const similarities = Array.from({ length: labels.length }, (_, i) => (cosines[3 * i]! + cosines[3 * i + 1]! + cosines[3 * i + 2]!) / 3);
      return { loss: loss!, similarities, gradient };
    });
  }

  /** Takes a batch into the norm's running statistics, and learns nothing. */
  async observe(spectra: Tensor<'f32'>, labels: Uint8Array): Promise<void> {
    const { kernels } = this;
    await withTensors(kernels, async keep => {
      const heads = await this.heads();
      keep(heads.norm);
      const found = await kernels.maskGradients(spectra, heads, keep(kernels.tensor('u8', labels, [1, labels.length])));
      for (const tensor of Object.values(found) as Tensor[]) keep(tensor);
      this.follow(await kernels.read(found.norm));
    });
  }

  /** Copies of what was learnt, masks as logits. */
  async learnt(): Promise<Heads> {
    const { kernels, state, sides } = this;
    const [masks, references] = [await kernels.read(state.masks.parameters), await kernels.read(state.references.parameters)];
    const [mixing, affine, scale] = [
      await kernels.read(state.mixing.parameters),
      await kernels.read(state.affine.parameters),
      await kernels.read(state.scale.parameters),
    ];
    return {
      ...sides,
      count: 1,
      logits: true,
      masks,
      references,
      mixing,
      norm: Float64Array.from([...affine, ...this.running]),
      scale,
      negatives: new Float64Array(),
    };
  }

  free(): void {
    for (const { parameters, first, second } of Object.values(this.state)) this.kernels.free(parameters, first, second);
  }

  private follow(norm: Float64Array): void {
    this.running = this.running.map((value, i) => value + MOMENTUM * (norm[6 + i]! - value));
  }

  private async heads(): Promise<MaskHeads> {
    const { kernels, state } = this;
    const affine = await kernels.read(state.affine.parameters);
    const norm = kernels.tensor('f64', Float64Array.from([...affine, ...this.running]), [1, 4, 3]);
    return { masks: state.masks.parameters, references: state.references.parameters, mixing: state.mixing.parameters, norm, scale: state.scale.parameters };
  }

  private async move(found: MaskGradients, affine: Tensor<'f64'>, rate: number): Promise<void> {
    const { kernels, state } = this;
    this.steps++;
    const options = { step: this.steps, rate, beta1: BETA_1, beta2: BETA_2, epsilon: EPSILON, form: 'corrected' } as const;
    const moved = {
      masks: await kernels.adam(state.masks, found.masks, options),
      references: await kernels.adam(state.references, found.references, options),
      mixing: await kernels.adam(state.mixing, found.mixing, options),
      affine: await kernels.adam(state.affine, affine, options),
      scale: await kernels.adam(state.scale, found.scale, options),
    };
    this.free();
    this.state = moved;
  }

  private async lengthOf({ masks, references }: MaskGradients): Promise<number> {
    let squares = 0;
    for (const tensor of [masks, references]) for (const value of await this.kernels.read(tensor)) squares += value * value;
    return Math.sqrt(squares);
  }
}

const emptyLike = <T extends Uint8Array | Float32Array | Float64Array>(data: T): T => data.slice().fill(0) as T;
