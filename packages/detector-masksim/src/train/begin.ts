import { type Kernels, type Moments, seededRandom, type Tensor } from '@syntrace/core';
import { type Heads, halfWidth } from '../model/heads.js';
import type { Row } from './cache.js';
import type { TrainingSettings } from './options.js';

/** Deviation of the published beginnings. */
const PUBLISHED_DEVIATION = 0.01;
/** Deviation of references that begin with means: steps of the optimiser are small beside it. */
const REFERENCE_DEVIATION = 0.05;
/** A frequency beside which the classes differ by so many standard errors begins with a mask of one half. */
const NOTABLE = 4;
/** Errors below which a difference counts as none. */
const STANDS_OUT = 2;
/** Samples on either side over which the smooth part of a difference is taken. */
const SMOOTHED = 4;
/** Largest logit to begin with. */
const REACH = 3;
/** Separation of the two classes' mean logits to begin with. */
const SEPARATION = 4;
/** Rows that go to the kernels together. */
const TOGETHER = 8;

/** Sides of the planes that masks are learnt on. */
export function sidesOf(window: number, margin: number, half: boolean): Sides {
  const side = window - 2 * margin;
  return { height: side, width: half ? halfWidth(side) : side };
}

interface Sides {
  readonly height: number;
  readonly width: number;
}

const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** Noise, as published: mask and reference normal, mixing uniform, norm and scale at rest. */
export async function beginWithNoise(sides: Sides, { seed }: TrainingSettings, stream: number, kernels: Kernels): Promise<Heads> {
  const planes = async (part: number) => {
    const noise = await kernels.normalNoise([3, sides.height, sides.width], { seed, stream: 2 * stream + part });
    const values = await kernels.read(noise);
    kernels.free(noise);
    return values.map(value => PUBLISHED_DEVIATION * value);
  };
  const random = seededRandom(seed, `mixing/${stream}`);
  const mixing = Float64Array.from({ length: 9 }, () => (2 * random.next() - 1) / Math.sqrt(3));
  return { ...atRest(sides, mixing), masks: await planes(0), references: await planes(1) };
}

/** What tells the class means apart, over the variance, as reference; few pictures go a long way with it. The difference is taken as a smooth part and what single frequencies have beside it,
 *  and of each only what stands out of its own error; the mask opens where anything does. The reference is made orthogonal to the mean masked spectrum of real photographs, whose
 *  similarity is then about 0 as the loss wants it. O(rows · h·w) */
export async function beginWithMeans(rows: readonly Row[], sides: Sides, kernels: Kernels): Promise<Heads> {
  const of = (label: 0 | 1) =>
    momentsOf(
      rows.filter(({ sample }) => sample.label === label),
      sides,
      kernels,
    );
  const [real, generated] = [await of(0), await of(1)];
  const size = sides.height * sides.width;
  const [masks, references] = [new Float32Array(3 * size), new Float32Array(3 * size)];
  for (let c = 0; c < 3; c++) {
    const part = (values: Float64Array) => values.subarray(c * size, (c + 1) * size);
    const [mean, m2] = [part(generated.mean), part(generated.m2)];
    const [realMean, realM2] = [part(real.mean), part(real.m2)];
    const difference = mean.map((value, k) => value - realMean[k]!);
    const error = m2.map((value, k) => Math.sqrt(value / generated.count ** 2 + realM2[k]! / real.count ** 2 + 1e-12));
    const smooth = boxMean(difference, sides, SMOOTHED);
    const smoothError = boxMean(error, sides, SMOOTHED).map(value => value / (2 * SMOOTHED + 1));
    const notable = difference.map((value, k) => Math.max(Math.abs(smooth[k]!) / smoothError[k]!, Math.abs(value - smooth[k]!) / error[k]!));
    const around = boxLargest(notable, sides);
    const reference = difference.map((value, k) => {
      const variance = (m2[k]! / generated.count + realM2[k]! / real.count) / 2 + 1e-3;
      return (standing(smooth[k]!, smoothError[k]!) + standing(value - smooth[k]!, error[k]!)) / variance;
    });
    references.set(reference, c * size);
    masks.set(
      around.map(value => Math.max(-REACH, Math.min(REACH, value - NOTABLE))),
      c * size,
    );
    straighten(references.subarray(c * size, (c + 1) * size), masks.subarray(c * size, (c + 1) * size), realMean);
  }
  return { ...atRest(sides, Float64Array.from(IDENTITY)), masks, references };
}

/** A value less what its error may have made of it: nothing below `STANDS_OUT` errors. */
const standing = (value: number, error: number): number => value * Math.max(0, 1 - ((STANDS_OUT * error) / (Math.abs(value) + 1e-12)) ** 2);

/** Means over squares of 2·reach + 1 samples, fewer at the borders. O(h·w) */
function boxMean(values: Float64Array, { height, width }: Sides, reach: number): Float64Array {
  // Sums of everything above and left.
  const sums = new Float64Array((height + 1) * (width + 1));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      sums[(y + 1) * (width + 1) + x + 1] =
        values[y * width + x]! + sums[y * (width + 1) + x + 1]! + sums[(y + 1) * (width + 1) + x]! - sums[y * (width + 1) + x]!;
  return values.map((_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
    const at = (row: number, column: number) => sums[row * (width + 1) + column]!;
    return (at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)) / ((bottom - top) * (right - left));
  });
}

/** The largest of 3×3: the mask's own smoothing then leaves a peak open. */
function boxLargest(values: Float64Array, { height, width }: Sides): Float64Array {
  return values.map((_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    let most = 0;
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++)
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) most = Math.max(most, values[row * width + column]!);
    return most;
  });
}

/** The mean spectrum of the generated pictures as reference, and a mask that is one half everywhere. */
export async function classMean(rows: readonly Row[], sides: Sides, kernels: Kernels): Promise<Heads> {
  const generated = rows.filter(({ sample }) => sample.label === 1);
  const { mean } = await momentsOf(generated, sides, kernels);
  return { ...atRest(sides, Float64Array.from(IDENTITY)), masks: new Float32Array(mean.length), references: Float32Array.from(mean) };
}

const atRest = (sides: Sides, mixing: Float64Array) => ({
  ...sides,
  count: 1,
  logits: true,
  mixing,
  norm: Float64Array.from([1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1]),
  scale: new Float64Array(2),
  negatives: new Float64Array(),
});

function centre(values: Float32Array | Float64Array): void {
  let sum = 0;
  for (const value of values) sum += value;
  const middle = sum / values.length;
  for (let k = 0; k < values.length; k++) values[k]! -= middle;
}

/** Centres a reference, takes off its part along the masked mean of real photographs, and gives it its deviation. */
function straighten(reference: Float32Array, logits: Float32Array, mean: Float64Array): void {
  const masked = Float64Array.from(mean, (value, k) => value / (1 + Math.exp(-logits[k]!)));
  centre(masked);
  centre(reference);
  let [along, own] = [0, 1e-12];
  reference.forEach((value, k) => {
    along += value * masked[k]!;
    own += masked[k]! ** 2;
  });
  reference.set(reference.map((value, k) => value - (along / own) * masked[k]!));
  const deviation = Math.sqrt(reference.reduce((sum, value) => sum + value * value, 0) / reference.length) || 1;
  reference.set(reference.map(value => (REFERENCE_DEVIATION * value) / deviation));
}

async function momentsOf(rows: readonly Row[], sides: Sides, kernels: Kernels): Promise<Moments> {
  let state: Moments | null = null;
  for (let at = 0; at < rows.length; at += TOGETHER) {
    const batch = stackedRows(rows.slice(at, at + TOGETHER), sides, kernels);
    state = await kernels.moments(state, batch);
    kernels.free(batch);
  }
  return state!;
}

/** Rows as one tensor [n, 3, h, w]. */
export function stackedRows(rows: readonly Row[], { height, width }: Sides, kernels: Kernels): Tensor<'f32'> {
  const size = 3 * height * width;
  const data = new Float32Array(rows.length * size);
  rows.forEach(({ spectra }, i) => {
    data.set(spectra, i * size);
  });
  return kernels.tensor('f32', data, [rows.length, 3, height, width]);
}

/** A slope and an offset that put the two classes' mean similarities `SEPARATION` apart around nought. */
export function scaleFor(real: number, generated: number): Float64Array {
  const slope = SEPARATION / Math.max(1e-3, generated - real);
  return Float64Array.from([Math.log(slope), (-slope * (real + generated)) / 2]);
}
