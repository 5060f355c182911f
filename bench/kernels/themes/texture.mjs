import { texture as sizes } from '../sizes.mjs';
import { plane } from '../timing.mjs';

/** Texture, masked spectra, filters and neighbours; texture_peer.py times the same under the same names. */
export async function texture({ k, time }) {
  const { grey, mask, picture, rows } = sizes;
  const bytes = count => Uint8Array.from({ length: count }, (_, i) => (i * 7919) % 256);
  const levels = k.tensor('u8', bytes(grey * grey), [1, grey, grey]);
  const fingerprint = k.tensor(
    'u8',
    bytes(grey * grey).map(value => (value < 128 ? 0 : value >> 3)),
    [1, grey, grey],
  );
  await time(`haralick ${grey}`, () => k.haralick(levels, 'mean'));
  await time(`haralick of a fingerprint ${grey}`, () => k.haralick(fingerprint, 'mean'));
  const image = k.tensor('u8', bytes(picture * picture * 3), [1, picture, picture, 3]);
  await time(`csd ${picture}`, () => k.csd(image, 'three-digit'));
  const three = scale =>
    plane(Math.ceil(Math.sqrt(3) * mask))
      .slice(0, 3 * mask * mask)
      .map(value => value * scale);
  const doubles = (values, shape) => k.tensor('f64', Float64Array.from(values), shape);
  const spectra = k.tensor('f32', three(-0.01), [1, 3, mask, mask]);
  const heads = {
    masks: k.tensor('f32', three(1 / 255), [1, 1, 3, mask, mask]),
    references: k.tensor('f32', three(0.01), [1, 1, 3, mask, mask]),
    mixing: doubles([1, 0.1, 0, 0, 1, 0.1, 0.1, 0, 1], [1, 3, 3]),
    norm: doubles([1, 1, 1, 0, 0, 0, -1, -1, -1, 1, 1, 1], [1, 4, 3]),
    scale: doubles([1, 0], [1, 2]),
  };
  const label = k.tensor('u8', Uint8Array.of(1), [1, 1]);
  await time(`centredLogSpectrum 3 x ${mask}`, () => k.centredLogSpectrum(spectra, 1e-10));
  await time(`maskSimilarity ${mask}`, async () => Object.values(await k.maskSimilarity(spectra, heads)));
  await time(`maskGradients ${mask}`, async () => Object.values(await k.maskGradients(spectra, heads, label)));
  await time(`gaussianBlur 9 ${picture}`, () => k.gaussianBlur(image, { taps: 9, sigma: 4, arithmetic: 'opencv' }));
  await time(`medianFilter 3 ${picture}`, () => k.medianFilter(image, 3));
  await time(`medianFilter 5 ${picture}`, () => k.medianFilter(image, 5));
  await time(`bilateralFilter 7 ${picture}`, () => k.bilateralFilter(image, { radius: 3, colourSigma: 40, spaceSigma: 2 }));
  await time(`resize cubic ${picture}`, () => k.resize(image, { width: picture, height: picture - 10, resampling: 'cubic' }));
  await time(`resize linear-antialiased ${picture}`, () => k.resize(image, { width: 128, height: 128, resampling: 'linear-antialiased' }));
  await time(`normalNoise ${picture}`, () => k.normalNoise([picture, picture, 3], { seed: 1, stream: 0 }));
  const [count, width] = rows;
  const features = doubles(scattered(count * width), rows);
  await time(`nearest 5 of ${count} x ${width}`, async () => Object.values(await k.nearest(features, features, { k: 5, withoutSelf: true })));
  await time(`distances ${count} x ${width}`, () => k.distances(features, features));
  const side = 300;
  const square = doubles(scattered(side * side), [side, side]);
  await time(`symmetricEigen ${side}`, async () => Object.values(await k.symmetricEigen(square)));
  await time(`svd ${side}`, async () => Object.values(await k.svd(square)));
}

/** Numbers 0…255 without a pattern: rows of the plane above repeat, and equal rows are no common case. */
const scattered = count =>
  Float64Array.from({ length: count }, (_, i) => {
    const mixed = Math.imul(i, 0x9e3779b1);
    return (Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 24) + i / count;
  });
