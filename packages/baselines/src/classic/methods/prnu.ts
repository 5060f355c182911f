import { type Kernels, type PrnuSums, SyntraceError, type Tensor, withTensors } from '@syntrace/core';
import { checkNumber, type Method, type Parameters, type Part, tensorIn } from '../method.js';

/** Pictures whose residuals are taken at once. */
const CHUNK = 32;

/** A noise fingerprint for each class, real too; the highest normalised correlation wins (Marra et al. 2019; frequency, section 12). */
export const prnu: Method = {
  id: 'prnu',
  title: 'noise fingerprints of classes, after Marra et al., MIPR 2019, as in the baselines of Frank et al., ICML 2020',
  description: "Correlation of a picture's noise residual with the mean fingerprint of each class",
  inputs: ['samples'],
  options: {
    levels: { type: 'number', default: 3, description: 'wavelet levels of the residual, 1 to 8' },
    sigma: { type: 'number', default: 0.8, description: 'standard deviation of the noise, in levels of 255' },
    saturation: { type: 'number', default: 0, description: '1: saturated samples as the published code counts them, with its fault; 0: corrected' },
  },
  grid: { levels: [1, 2, 3, 4], sigma: Array.from({ length: 19 }, (_, i) => (i + 1) * 0.05) },
  check({ levels = Number.NaN, sigma = Number.NaN, saturation = 0 }) {
    checkNumber('saturation', saturation, value => value === 0 || value === 1, '0 or 1');
    checkNumber('levels', levels, value => Number.isSafeInteger(value) && value >= 1 && value <= 8, 'a whole number, 1 to 8');
    checkNumber('sigma', sigma, value => Number.isFinite(value) && value > 0, 'above 0');
  },
  async fit(part, parameters, { kernels, signal }) {
    const { size } = part.look;
    const prints = new Float32Array(part.classes * size * size);
    for (let label = 0; label < part.classes; label++) {
      signal.throwIfAborted();
      prints.set(await fingerprint(part, label, parameters, kernels), label * size * size);
    }
    return { tensors: new Map([['fingerprints', { dtype: 'f32', shape: [part.classes, size, size], data: prints }]]), parameters };
  },
  open({ tensors, parameters, look: { size }, classes }, kernels) {
    const { shape, data } = tensorIn(tensors, 'fingerprints', 'f32', 3);
    if (shape.join() !== [classes, size, size].join())
      throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.safetensors', detail: `fingerprints must be [${classes}, ${size}, ${size}]` });
    const prints = kernels.tensor('f32', data, [classes, size * size]);
    return {
      async scores(x) {
        const count = x.length / (3 * size * size);
        const scores = new Float64Array(count * classes);
        await inChunks(x, size, kernels, async (pictures, at, rows) =>
          withTensors(kernels, async keep => {
            const residuals = keep(await residualOf(pictures, parameters, kernels));
            const flat = keep(kernels.tensor('f32', await kernels.read(residuals), [rows, size * size]));
            const found = await kernels.read(keep(await kernels.normalisedCorrelation(prints, flat)));
            for (let i = 0; i < rows; i++) for (let k = 0; k < classes; k++) scores[(at + i) * classes + k] = found[k * rows + i]!;
          }),
        );
        return scores;
      },
      close: () => kernels.free(prints),
    };
  },
};

/** The residual of pictures, grey and without what rows, columns and lattices share: f32 [n,h,w]. */
export async function residualOf(pictures: Tensor<'u8'>, { levels, sigma }: Parameters, kernels: Kernels): Promise<Tensor<'f32'>> {
  return withTensors(kernels, async keep => {
    const noise = keep(await kernels.noiseResidual(pictures, { border: 'symmetric', levels: levels!, sigma: sigma!, grey: true }));
    return kernels.fourierWiener(keep(await kernels.zeroMean(noise)));
  });
}

async function fingerprint({ x, y, look: { size } }: Part, label: number, { levels, sigma, saturation }: Parameters, kernels: Kernels): Promise<Float32Array> {
  const values = 3 * size * size;
  const own = Array.from(y.entries()).filter(([, each]) => each === label);
  const rows = new Float32Array(own.length * values);
  own.forEach(([row], i) => {
    rows.set(x.subarray(row * values, (row + 1) * values), i * values);
  });
  let sums: PrnuSums | null = null;
  await inChunks(rows, size, kernels, async pictures => {
    const before: PrnuSums | null = sums;
    sums = await kernels.prnuAdd(before, pictures, { levels: levels!, sigma: sigma!, saturation: saturation === 1 ? 'published' : 'corrected' });
    if (before) kernels.free(before.products, before.weights);
  });
  return withTensors(kernels, async keep => {
    const { products, weights } = sums!;
    keep(products);
    keep(weights);
    const estimate = keep(await kernels.prnuEstimate(sums!));
    return kernels.read(keep(await kernels.fourierWiener(keep(await kernels.zeroMean(estimate)))));
  });
}

/** Pictures u8 [n,h,w,3] out of rows of whole levels, a few at a time. */
async function inChunks(
  x: Float32Array,
  size: number,
  kernels: Kernels,
  work: (pictures: Tensor<'u8'>, at: number, rows: number) => Promise<void>,
): Promise<void> {
  const values = 3 * size * size;
  for (let at = 0; at < x.length; at += CHUNK * values) {
    const part = Uint8Array.from(x.subarray(at, at + CHUNK * values));
    const pictures = kernels.tensor('u8', part, [part.length / values, size, size, 3]);
    try {
      await work(pictures, at / values, part.length / values);
    } finally {
      kernels.free(pictures);
    }
  }
}
