import { basename } from 'node:path';
import { applyChange, parsePerturbations } from '@syntrace/datasets';

/** Every picture alike: the grid of the specification. */
export const TRANSFORMS = [
  ...['jpeg:95,90,75,50', 'blur:0.5,1,2', 'noise:1,2,5,10', 'crop:0.1'].flatMap(parsePerturbations).map(perturbation => ({
    kind: perturbation.kind,
    strength: perturbation.strength,
    change: (image, file, kernels) => applyChange(image, perturbation.changeOf(basename(file)), kernels),
  })),
  ...[0.5, 0.8, 1.25, 2].map(strength => ({ kind: 'gamma', strength, change: image => gamma(image, strength) })),
  ...[0.5, 0.75].map(strength => ({ kind: 'resize and back', strength, change: (image, _, kernels) => resizedAndBack(image, strength, kernels) })),
  { kind: 'denoise', strength: 2, change: (image, _, kernels) => denoised(image, kernels) },
];

const ALPHAS = [0.5, 1, 2, 4];

/** Attacks on generated pictures by somebody who has other pictures of that generator, and photographs. `patterns` are mean residuals. */
export const ATTACKS = [
  ...ALPHAS.map(strength => ({ kind: 'fingerprint removal', strength, pattern: 'generator', sign: -1 })),
  ...ALPHAS.map(strength => ({ kind: 'spoofing', strength, pattern: 'camera', sign: 1 })),
];

export const attacked = (image, { pattern, sign, strength }, patterns, kernels) => plus(image, patterns[pattern], sign * strength, kernels);

function gamma(image, exponent) {
  const table = Uint8Array.from({ length: 256 }, (_, level) => Math.round(255 * (level / 255) ** exponent));
  return { ...image, data: image.data.map(level => table[level]) };
}

async function resizedAndBack(image, factor, kernels) {
  const small = await applyChange(image, { kind: 'resize', factor }, kernels);
  const { width, height, channels } = image;
  return pictureOf(kernels, [small.data, [1, small.height, small.width, channels]], x =>
    kernels.resize(x, { width, height, resampling: 'linear-antialiased' }),
  );
}

/** The picture minus its noise residual, channel by channel (sections 2.2 to 2.6). */
async function denoised(image, kernels) {
  const { width, height, channels, data } = image;
  const x = kernels.tensor('u8', data, [1, height, width, channels]);
  const planes = await kernels.noiseResidual(x, { border: 'periodic', sigma: 2, levels: 4, grey: false });
  const residual = await kernels.interleave(planes);
  const values = await kernels.read(residual);
  kernels.free(x, planes, residual);
  return plus(image, values, -1, kernels);
}

/** Samples plus `factor` times a pattern, rounded and clipped; a pattern of one plane goes to every channel. */
function plus(image, pattern, factor, kernels) {
  const { width, height, channels, data } = image;
  const per = pattern.length === data.length ? 1 : channels;
  // The kernel truncates: half a level makes that rounding.
  const noise = Float32Array.from({ length: data.length }, (_, i) => factor * pattern[Math.floor(i / per)] + 0.5);
  const tensor = kernels.tensor('f32', noise, [1, height, width, channels]);
  return pictureOf(kernels, [data, [1, height, width, channels]], x => kernels.addNoise(x, tensor, 1)).finally(() => kernels.free(tensor));
}

async function pictureOf(kernels, [data, shape], work) {
  const x = kernels.tensor('u8', data, shape);
  const y = await work(x);
  const [, height, width] = y.shape;
  const made = await kernels.read(y);
  kernels.free(x, y);
  return { width, height, data: made };
}
