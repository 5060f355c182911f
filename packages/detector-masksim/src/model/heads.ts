import type { DType, StoredTensor } from '@syntrace/core';

/** The learned part of one generator's model (specification, section 5), as the kernels take it. */
export interface Heads {
  /** Sides of its planes; a narrow one holds the frequencies with fx ≤ 0 alone, as the others are their mirror image. */
  readonly height: number;
  readonly width: number;
  /** Number of masks. */
  readonly count: number;
  /** Whether `masks` are the logits of masks, which the kernels smooth first. */
  readonly logits: boolean;
  /** 0…1, or logits, [m, 3, height, width]. */
  readonly masks: Float32Array;
  readonly references: Float32Array;
  /** [3, 3] */
  readonly mixing: Float64Array;
  /** Weight, bias, mean and variance, [4, 3]. */
  readonly norm: Float64Array;
  /** Logarithm of the slope, and the offset. */
  readonly scale: Float64Array;
  /** Ascending probabilities of real photographs; empty where none were kept. */
  readonly negatives: Float64Array;
}

type Tensors = ReadonlyMap<string, StoredTensor>;

/** The width of a plane that holds the frequencies with fx ≤ 0. */
export const halfWidth = (side: number): number => Math.floor(side / 2) + 1;

/** Heads under a name; masks and references in float32, or in whole steps of a range per channel. */
export function readHeads(tensors: Tensors, name: string, side: number, refuse: (detail: string) => never): Heads {
  const tensor = <D extends DType>(word: string, dtypes: readonly D[], shape?: string): StoredTensor<D> => {
    const found = tensors.get(`${name}.${word}`);
    if (!found || !dtypes.includes(found.dtype as D) || (shape !== undefined && found.shape.join() !== shape))
      return refuse(`${name}.${word} must be ${dtypes.join(' or ')}${shape === undefined ? '' : ` [${shape}]`}`);
    if (found.dtype !== 'u8' && !(found.data as Float32Array).every(Number.isFinite)) return refuse(`${name}.${word} holds numbers that are not finite`);
    return found as StoredTensor<D>;
  };
  const logits = tensors.has(`${name}.logits`);
  const masks = logits ? tensor('logits', ['f32']) : tensor('masks', ['u8', 'f32']);
  const [count, channels, height, width] = masks.shape as readonly number[];
  if (masks.shape.length !== 4 || !count || channels !== 3 || height !== side || (width !== side && width !== halfWidth(side)))
    return refuse(`${name}.masks has the shape [${masks.shape.join(', ')}], expected [m, 3, ${side}, ${side} or ${halfWidth(side)}]`);
  const references = tensor('references', ['f32', 'u8'], masks.shape.join());
  const range = references.dtype === 'u8' ? tensor('range', ['f64'], `${count},3,2`).data : null;
  return {
    height,
    width: width!,
    count,
    logits,
    masks: masks.dtype === 'u8' ? fromSteps(masks.data as Uint8Array, height * width!, () => [0, 1]) : (masks.data as Float32Array),
    references:
      range === null ? (references.data as Float32Array) : fromSteps(references.data as Uint8Array, height * width!, i => [range[2 * i]!, range[2 * i + 1]!]),
    mixing: tensor('mixing', ['f64'], '3,3').data,
    norm: tensor('norm', ['f64'], '4,3').data,
    scale: tensor('scale', ['f64'], '2').data,
    negatives: tensors.has(`${name}.negatives`) ? tensor('negatives', ['f64']).data : new Float64Array(),
  };
}

/** Steps 0…255 of the range of each plane. */
function fromSteps(steps: Uint8Array, plane: number, rangeOf: (plane: number) => readonly [low: number, high: number]): Float32Array {
  const values = new Float32Array(steps.length);
  for (let start = 0; start < steps.length; start += plane) {
    const [low, high] = rangeOf(start / plane);
    const step = (high - low) / 255;
    for (let k = start; k < start + plane; k++) values[k] = low + steps[k]! * step;
  }
  return values;
}

/** The entries of heads in a file, all in float32. */
export const wholeHeads = (name: string, heads: Heads): Entries => {
  const shape = [heads.count, 3, heads.height, heads.width];
  const [masks, references] = [heads.masks, heads.references].map((data): StoredTensor => ({ dtype: 'f32', shape, data }));
  return entriesOf(name, heads, { [heads.logits ? 'logits' : 'masks']: masks!, references: references! });
};

/** The same with masks (no logits) and references in 256 steps: a quarter of the bytes. */
export const steppedHeads = (name: string, heads: Heads): Entries => entriesOf(name, heads, steppedPlanes(heads));

type Entries = readonly (readonly [name: string, tensor: StoredTensor])[];

function entriesOf(name: string, heads: Heads, planes: Readonly<Record<string, StoredTensor>>): Entries {
  const f64 = (data: Float64Array, sizes: readonly number[]): StoredTensor<'f64'> => ({ dtype: 'f64', shape: sizes, data });
  const rest = {
    mixing: f64(heads.mixing, [3, 3]),
    norm: f64(heads.norm, [4, 3]),
    scale: f64(heads.scale, [2]),
    ...(heads.negatives.length > 0 && { negatives: f64(heads.negatives, [heads.negatives.length]) }),
  };
  return Object.entries<StoredTensor>({ ...planes, ...rest }).map(([word, tensor]) => [`${name}.${word}`, tensor] as const);
}

function steppedPlanes({ count, height, width, masks, references }: Heads): Readonly<Record<string, StoredTensor>> {
  const shape = [count, 3, height, width];
  const plane = height * width;
  const range = new Float64Array(6 * count);
  const steps = new Uint8Array(references.length);
  for (let c = 0; c < 3 * count; c++) {
    const part = references.subarray(c * plane, (c + 1) * plane);
    const [low, high] = part.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    range.set([low, high], 2 * c);
    if (high > low)
      steps.set(
        Uint8Array.from(part, value => Math.round((255 * (value - low)) / (high - low))),
        c * plane,
      );
  }
  return {
    masks: { dtype: 'u8', shape, data: Uint8Array.from(masks, value => Math.round(255 * value)) },
    references: { dtype: 'u8', shape, data: steps },
    range: { dtype: 'f64', shape: [count, 3, 2], data: range },
  };
}
