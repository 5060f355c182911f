import { bytes, type Case, caseOf, HEIGHT, image, WIDTH } from './case.js';
import { vectors } from './filters-vectors.js';

const of = caseOf(vectors);
const waves = Float32Array.from(bytes, (_, i) => Math.cos(i));

export const filterCases: readonly Case[] = [
  of('gaussianBlur', 1, 97, (k, keep) => k.gaussianBlur(image(k, keep), { taps: 5, sigma: 1, arithmetic: 'exact' })),
  of('medianFilter', 0, 97, (k, keep) => k.medianFilter(image(k, keep), 3)),
  of('bilateralFilter', 1, 97, (k, keep) => k.bilateralFilter(image(k, keep), { radius: 1, colourSigma: 200, spaceSigma: 1.5 })),
  of('normalNoise', 2e-6, 1, k => k.normalNoise([4], { seed: 0, stream: 0 })),
  of('addNoise', 1, 97, (k, keep) => k.addNoise(image(k, keep), keep(k.tensor('f32', waves, [HEIGHT, WIDTH, 3])), 40)),
  of('resize', 1, 31, (k, keep) => k.resize(image(k, keep), { width: WIDTH / 2, height: HEIGHT / 2, resampling: 'linear-antialiased' })),
];
