import { type Random, seededRandom } from '@syntrace/core';

/** How a decoder doubles the sides of its maps: nearest neighbour or bilinear before a 3×3 convolution, a transposed convolution of stride 2, or pixel shuffle. */
export const OPERATORS = ['nearest', 'bilinear', 'transposed', 'shuffle'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Weights of one doubling: [4, 9], row 2·i + j makes the sample at row i and column j of each 2×2 cell out of the 3×3 neighbours of the sample that it grew from. */
export type PhaseKernels = Float32Array;

/** Smooth weights of a 3×3 convolution, about as a trained one has them before it adds detail. */
const SMOOTH = [1, 2, 1, 2, 12, 2, 1, 2, 1].map(weight => weight / 24);
const TAPS = [-1, 0, 1] as const;

/** The operator with `noise` (relative deviation) on each of its weights, and the brightness that went in; 0 gives it without any trace but its own. */
export function drawKernels(operator: Operator, noise: number, random: Random): PhaseKernels {
  const rough = (weight: number) => weight * (1 + noise * normal(random)) + 0.05 * noise * normal(random);
  return balanced(roughened(operator, rough, random));
}

function roughened(operator: Operator, rough: (weight: number) => number, random: Random): PhaseKernels {
  if (operator === 'shuffle') return phases((i, j, y, x) => rough(bilinear(i, y) * bilinear(j, x)));
  if (operator !== 'transposed') return grown(SMOOTH.map(rough), operator === 'nearest' ? nearest : bilinear);
  // Kernel 3 or 4, as in CycleGAN's and pix2pix's decoders: each phase has weights of its own, which need not sum up alike.
  const column = random.next() < 0.5 ? THREE : FOUR;
  return phases((i, j, y, x) => {
    const weight = column[i]![y + 1]! * column[j]![x + 1]!;
    return weight > 0 ? rough(weight) : 0;
  });
}

/** One side of a transposed convolution of kernel 3 and 4 and stride 2: weights of the three neighbours for the first and second sample of a cell. */
const THREE = [
  [0, 1, 0],
  [0, 0.5, 0.5],
];
const FOUR = [
  [0.25, 0.75, 0],
  [0, 0.75, 0.25],
];

/** Weights whose mean over the phases keeps a flat picture as bright as it was. */
function balanced(kernels: PhaseKernels): PhaseKernels {
  const gain = kernels.reduce((sum, weight) => sum + weight, 0) / 4;
  return kernels.map(weight => weight / gain);
}

/** How much of the low sample at offset `tap` there is in the grown one at `place`, counted from the first of its cell. */
type Growth = (place: number, tap: number) => number;
const nearest: Growth = (place, tap) => Number(Math.floor(place / 2) === tap);
const bilinear: Growth = (place, tap) => Math.max(0, 1 - Math.abs((place - 0.5) / 2 - tap));

/** Without an operator's trace: what lies between the samples is linear. */
export const SMOOTHEST: PhaseKernels = phases((i, j, y, x) => bilinear(i, y) * bilinear(j, x));

/** A growth and the convolution after it as one. */
const grown = (convolution: readonly number[], growth: Growth): PhaseKernels =>
  phases((i, j, y, x) => {
    let sum = 0;
    for (const [a, dy] of TAPS.entries()) for (const [b, dx] of TAPS.entries()) sum += convolution[3 * a + b]! * growth(i + dy, y) * growth(j + dx, x);
    return sum;
  });

function phases(weight: (i: number, j: number, y: number, x: number) => number): PhaseKernels {
  const kernels = new Float32Array(36);
  for (const i of [0, 1])
    for (const j of [0, 1]) for (const [a, y] of TAPS.entries()) for (const [b, x] of TAPS.entries()) kernels[9 * (2 * i + j) + 3 * a + b] = weight(i, j, y, x);
  return kernels;
}

/** Box and Muller's. */
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** Relative deviation of weights: from traces that only a spectrum shows to a pattern that eyes see. */
const [LEAST_NOISE, MOST_NOISE] = [0.002, 0.05];

/** One way of decoding a picture. */
export interface Decoding {
  readonly operator: Operator;
  /** Doublings, 1…3. */
  readonly doublings: number;
  /** Relative deviation of the weights. */
  readonly noise: number;
  /** Share of the detail that the code keeps: 0 is a super-resolution of the reduced picture, 1 a faithful autoencoder. */
  readonly detail: number;
  /** Weights of each doubling and channel. */
  readonly kernels: readonly (readonly PhaseKernels[])[];
}

/** The way of a picture; the operators in turn. Depends on seed, name and index alone. */
export function drawDecoding(operators: readonly Operator[], seed: number, name: string, index: number): Decoding {
  const random = seededRandom(seed, 'simulate').fork(name);
  const operator = operators[index % operators.length]!;
  const doublings = 1 + random.below(3);
  const noise = LEAST_NOISE * (MOST_NOISE / LEAST_NOISE) ** random.next();
  const detail = random.next();
  const kernels = Array.from({ length: doublings }, () => Array.from({ length: 3 }, () => drawKernels(operator, noise, random)));
  return { operator, doublings, noise, detail, kernels };
}
