import type { Kernels, Tensor } from '@syntrace/core';
import { type Case, caseOf, every, HEIGHT, image, type Keep, plane, ramp, WIDTH } from './case.js';
import { vectors } from './noise-vectors.js';

const of = caseOf(vectors);
const size = { height: HEIGHT, width: WIDTH };
const residual = { border: 'symmetric', levels: 1, sigma: 20 } as const;
const other = ramp.map((value, i) => ((i * 53) % 97) - 48 + value / 2);

const rows = (kernels: Kernels, keep: Keep) => keep(kernels.tensor('f32', ramp, [4, ramp.length / 4]));
const one = (kernels: Kernels, keep: Keep, values: Float32Array<ArrayBuffer>) => keep(kernels.tensor('f32', values, [1, HEIGHT, WIDTH]));
const both = (kernels: Kernels, keep: Keep) => keep(kernels.tensor('f32', Float32Array.of(...ramp, ...other), [2, HEIGHT, WIDTH]));

async function sums(kernels: Kernels, keep: Keep) {
  const result = await kernels.prnuAdd(null, image(kernels, keep), { ...residual, saturation: 'corrected' });
  return { products: keep(result.products), weights: keep(result.weights) };
}

const read = async (kernels: Kernels, tensors: readonly Tensor[]) =>
  (await Promise.all(tensors.map(tensor => kernels.read(tensor)))).flatMap(values => [...values]);

export const noiseCases: readonly Case[] = [
  {
    op: 'dwt2',
    want: vectors.dwt2,
    tolerance: 1e-3,
    run: async (k, keep) => {
      const { low, alongX, alongY, alongBoth } = await k.dwt2(plane(k, keep), 'symmetric');
      keep(alongBoth);
      return every(await read(k, [keep(low), keep(alongX), keep(alongY)]), 53);
    },
  },
  {
    op: 'idwt2',
    want: every(ramp, 1),
    tolerance: 1e-3,
    run: async (k, keep) => {
      const bands = await k.dwt2(plane(k, keep), 'periodic');
      for (const band of Object.values(bands)) keep(band);
      return k.read(keep(await k.idwt2(bands, { ...size, border: 'periodic' })));
    },
  },
  of('localWiener', 1e-3, 37, (k, keep) => k.localWiener(plane(k, keep), 400)),
  of('noiseResidual', 1e-3, 37, (k, keep) => k.noiseResidual(image(k, keep), { ...residual, grey: true })),
  of('zeroMean', 1e-4, 37, (k, keep) => k.zeroMean(plane(k, keep))),
  of('fourierWiener', 1e-3, 37, (k, keep) => k.fourierWiener(plane(k, keep))),
  {
    op: 'prnuAdd',
    want: vectors.prnuAdd,
    tolerance: 1e-3,
    run: async (k, keep) => {
      const { products, weights } = await sums(k, keep);
      return every(await read(k, [products, weights]), 131);
    },
  },
  of('prnuEstimate', 1e-3, 37, async (k, keep) => k.prnuEstimate(await sums(k, keep))),
  of('normalisedCorrelation', 1e-5, 3, (k, keep) => k.normalisedCorrelation(rows(k, keep), rows(k, keep))),
  of('groupMeans', 1e-5, 11, (k, keep) => k.groupMeans(rows(k, keep), [[0, 2]])),
  of('crossCorrelation', 1, 37, (k, keep) => k.crossCorrelation(one(k, keep, ramp), one(k, keep, other))),
  {
    op: 'pce',
    want: vectors.pce,
    tolerance: 1e-3,
    run: async (k, keep) => (await k.pce(one(k, keep, ramp), one(k, keep, other))).map(report => report.pce),
  },
  {
    op: 'pcePairs',
    want: vectors.pcePairs,
    tolerance: 1e-2,
    // The third spectrum is a merged cluster of the others.
    run: async (k, keep) => {
      const merged = keep(await k.groupSums(keep(await k.pceSpectra(both(k, keep))), [[0], [1], [0, 1]]));
      const values = await k.read(keep(await k.pcePairs(merged, size)));
      const { values: found } = await k.pceAbove(merged, { ...size, threshold: Number.NEGATIVE_INFINITY });
      const matrix = [values[3]!, values[7]!, values[6]!];
      return found.length === 3 ? matrix : [];
    },
  },
  {
    op: 'pceExact',
    want: vectors.pcePairs.slice(0, 1),
    tolerance: 1e-4,
    run: (k, keep) => k.pceExact(both(k, keep), [[[1], [0]]]),
  },
];
