import { texture as sizes } from '../sizes.mjs';
import { numbers } from '../timing.mjs';

/** Masked spectra; texture_peer.py times the same under the same names. */
export async function spectra({ k, time }) {
  const { mask } = sizes;
  const three = scale => numbers(3 * mask * mask).map(value => value * scale);
  const doubles = (values, shape) => k.tensor('f64', Float64Array.from(values), shape);
  const planes = k.tensor('f32', three(-0.01), [1, 3, mask, mask]);
  const heads = {
    masks: k.tensor('f32', three(1 / 255), [1, 1, 3, mask, mask]),
    references: k.tensor('f32', three(0.01), [1, 1, 3, mask, mask]),
    mixing: doubles([1, 0.1, 0, 0, 1, 0.1, 0.1, 0, 1], [1, 3, 3]),
    norm: doubles([1, 1, 1, 0, 0, 0, -1, -1, -1, 1, 1, 1], [1, 4, 3]),
    scale: doubles([1, 0], [1, 2]),
  };
  const label = k.tensor('u8', Uint8Array.of(1), [1, 1]);
  await time(`centredLogSpectrum 3 x ${mask}`, () => k.centredLogSpectrum(planes, 1e-10));
  await time(`centredLogSpectrumGradient 3 x ${mask}`, () => k.centredLogSpectrumGradient(planes, planes, 1e-10));
  await time(`maskOfLogits ${mask}`, () => k.maskOfLogits(heads.masks));
  await time(`maskSimilarity ${mask}`, () => k.maskSimilarity(planes, heads));
  await time(`maskSimilarityMap ${mask}`, () => k.maskSimilarityMap(planes, heads));
  await time(`maskGradients ${mask}`, () => k.maskGradients(planes, heads, label));
  k.free(planes, label, ...Object.values(heads));
}
