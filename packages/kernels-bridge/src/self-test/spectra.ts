import type { Kernels, MaskHeads } from '@syntrace/core';
import { type Case, caseOf, every, HEIGHT, type Keep, plane, ramp, WIDTH } from './case.js';
import { vectors } from './spectra-vectors.js';

const of = caseOf(vectors);
const size = HEIGHT * WIDTH;
/** The ramp, the ramp moved on by five, and the ramp upside down. */
const three = Float32Array.from({ length: 3 * size }, (_, i) => {
  const place = i % size;
  if (i < size) return ramp[place]!;
  return i < 2 * size ? ramp[(place + size - 5) % size]! : ramp[size - WIDTH * (Math.floor(place / WIDTH) + 1) + (place % WIDTH)]!;
});
const moved = Float32Array.from(three, (_, i) => three[i - (i % WIDTH) + ((i + WIDTH - 3) % WIDTH)]!);
const logits = three.map(value => value / 25);

const spectra = (k: Kernels, keep: Keep) => keep(k.tensor('f32', three, [1, 3, HEIGHT, WIDTH]));
const planes = (k: Kernels, keep: Keep, values: Float32Array<ArrayBuffer>) => keep(k.tensor('f32', values, [1, 1, 3, HEIGHT, WIDTH]));
const doubles = (k: Kernels, keep: Keep, values: readonly number[], shape: readonly number[]) => keep(k.tensor('f64', Float64Array.from(values), shape));
const heads = async (k: Kernels, keep: Keep): Promise<MaskHeads> => ({
  masks: keep(await k.maskOfLogits(planes(k, keep, logits))),
  references: planes(k, keep, moved),
  mixing: doubles(k, keep, [0.9, 0.2, -0.1, 0.1, 0.8, 0.15, -0.2, 0.05, 1.1], [1, 3, 3]),
  norm: doubles(k, keep, [1.2, 0.8, 1.5, 0.5, -1, 2, -3, 2, -5, 400, 300, 500], [1, 4, 3]),
  scale: doubles(k, keep, [0.5, -0.25], [1, 2]),
});

export const spectrumCases: readonly Case[] = [
  of('centredLogSpectrum', 1e-3, 37, (k, keep) => k.centredLogSpectrum(plane(k, keep), 0.5)),
  of('centredLogSpectrumGradient', 1e-4, 37, (k, keep) => k.centredLogSpectrumGradient(plane(k, keep), plane(k, keep), 0.5)),
  of('maskOfLogits', 1e-6, 97, (k, keep) => k.maskOfLogits(planes(k, keep, logits))),
  {
    op: 'maskSimilarity',
    want: vectors.maskSimilarity,
    tolerance: 1e-5,
    run: async (k, keep) => {
      const found = await k.maskSimilarity(spectra(k, keep), await heads(k, keep));
      return [...(await k.read(keep(found.cosines))), ...(await k.read(keep(found.logits)))];
    },
  },
  of('maskSimilarityMap', 1e-6, 97, async (k, keep) => k.maskSimilarityMap(spectra(k, keep), await heads(k, keep))),
  {
    // A generated picture: the loss, and what it says of the offset.
    op: 'maskGradients',
    want: vectors.maskGradients,
    tolerance: 1e-5,
    run: async (k, keep) => {
      const models = { ...(await heads(k, keep)), masks: planes(k, keep, logits) };
      const step = await k.maskGradients(spectra(k, keep), models, keep(k.tensor('u8', Uint8Array.of(1), [1, 1])));
      for (const tensor of Object.values(step)) keep(tensor);
      return [...(await k.read(step.loss)), (await k.read(step.scale))[1]!];
    },
  },
  {
    op: 'adam',
    want: vectors.adam,
    tolerance: 1e-4,
    run: async (k, keep) => {
      const zero = () => keep(k.tensor('f32', new Float32Array(size), [HEIGHT, WIDTH]));
      const state = { parameters: plane(k, keep), first: zero(), second: zero() };
      const after = await k.adam(state, plane(k, keep), { step: 1, rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, form: 'corrected' });
      for (const tensor of Object.values(after)) keep(tensor);
      return every(await k.read(after.parameters), 37);
    },
  },
];
