import type { StoredTensor } from '@syntrace/core';
import { type CENTRED, DNCNN, DNCNN_WIDTH } from './networks.js';

type State = ReadonlyMap<string, StoredTensor<'f32'>>;

/** Levels of a sample: the first convolution takes them whole. */
const LEVELS = 255;

/** A convolution in float64 while it is folded. */
interface Folded {
  readonly shape: readonly number[];
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/** The state of {@link CENTRED} that computes what a state of {@link DNCNN} does, on levels 0…255 instead of planes / 255; in float64, rounded once. Each batch norm goes into its
 *  convolution, and from each channel behind a ReLU its mean is taken off, which goes into the bias of the next: some channels are large constants that the next convolution sums to
 *  −12,690 with a deviation of 0.2, where float32 loses the residual (specification, section 3). The mean is that of max(0, z) with z normal as the batch norm says; nothing but the
 *  state is needed for it, and it need not be exact. O(parameters) */
export function centredState(state: State): State {
  const blocks = DNCNN.layers.flatMap((layer, i) => (layer.kind === 'convolution' ? [{ name: layer.name, norm: DNCNN.layers[i + 1] }] : []));
  const out = new Map<string, StoredTensor<'f32'>>();
  let before: Float64Array = new Float64Array(3);
  for (const [i, { name, norm }] of blocks.entries()) {
    const weight = state.get(`${name}.weight`)!;
    const folded =
      norm?.kind === 'batch-norm'
        ? withNorm(weight, state, norm.name, norm.epsilon)
        : { shape: weight.shape, weights: Float64Array.from(weight.data), bias: Float64Array.from(state.get(`${name}.bias`)!.data) };
    if (i === 0) folded.weights.set(folded.weights.map(value => value / LEVELS));
    addMeans(folded, before);
    out.set(`conv${i}.weight`, single(folded.weights, folded.shape));
    out.set(`conv${i}.bias`, single(folded.bias, [folded.bias.length]));
    if (i === blocks.length - 1) break;
    before = norm?.kind === 'batch-norm' ? meansBehind(state, norm.name, norm.epsilon) : new Float64Array(DNCNN_WIDTH);
    const entries = { weight: 1, bias: 0, running_mean: before, running_var: 1 };
    for (const [word, value] of Object.entries(entries))
      out.set(`centre${i}.${word}`, single(typeof value === 'number' ? new Float64Array(DNCNN_WIDTH).fill(value) : value, [DNCNN_WIDTH]));
  }
  return out;
}

const single = (values: Float64Array, shape: readonly number[]): StoredTensor<'f32'> => ({ dtype: 'f32', shape, data: Float32Array.from(values) });

function withNorm(weight: StoredTensor<'f32'>, state: State, norm: string, epsilon: number): Folded {
  const of = (word: string) => state.get(`${norm}.${word}`)!.data;
  const [scale, shift, mean, variance] = [of('weight'), of('bias'), of('running_mean'), of('running_var')];
  const slopes = Float64Array.from(scale, (value, c) => value / Math.sqrt(variance[c]! + epsilon));
  const per = weight.data.length / slopes.length;
  return {
    shape: weight.shape,
    weights: Float64Array.from(weight.data, (value, k) => value * slopes[Math.floor(k / per)]!),
    bias: Float64Array.from(shift, (value, c) => value - mean[c]! * slopes[c]!),
  };
}

/** The bias that makes up for constants taken off the inputs. */
function addMeans({ shape, weights, bias }: Folded, means: Float64Array): void {
  const [outputs, inputs] = shape as [number, number];
  const taps = weights.length / (outputs * inputs);
  for (let to = 0; to < outputs; to++)
    for (let from = 0; from < inputs; from++) {
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += weights[(to * inputs + from) * taps + k]!;
      bias[to]! += sum * means[from]!;
    }
}

/** E max(0, z) of z normal with the batch norm's shift as mean and its scale as deviation. */
function meansBehind(state: State, norm: string, epsilon: number): Float64Array {
  const of = (word: string) => state.get(`${norm}.${word}`)!.data;
  const [scale, mean, variance] = [of('weight'), of('bias'), of('running_var')];
  return Float64Array.from(mean, (m, c) => {
    const deviation = Math.abs(scale[c]!) * Math.sqrt(variance[c]! / (variance[c]! + epsilon));
    if (deviation === 0) return Math.max(0, m);
    const t = m / deviation;
    return m * normalShare(t) + (deviation * Math.exp((-t * t) / 2)) / Math.sqrt(2 * Math.PI);
  });
}

/** The normal distribution function, within 2e-7 (Abramowitz and Stegun 7.1.26). */
function normalShare(t: number): number {
  const x = Math.abs(t) / Math.SQRT2;
  const k = 1 / (1 + 0.3275911 * x);
  const tail = k * (0.254829592 + k * (-0.284496736 + k * (1.421413741 + k * (-1.453152027 + k * 1.061405429)))) * Math.exp(-x * x);
  return t >= 0 ? 1 - tail / 2 : tail / 2;
}
