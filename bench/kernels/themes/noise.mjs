import { noise } from '../sizes.mjs';

/** Residuals of a picture, and PCE of all pairs of a collection from its residuals on. */
export async function noiseAndPairs({ k, time }) {
  const { residual, side, pairs } = noise;
  // A whole number that looks random: xorshift.
  let state = 1;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const picture = k.tensor('u8', Uint8Array.from({ length: residual * residual * 3 }, random), [1, residual, residual, 3]);
  await time(`noiseResidual ${residual}`, () => k.noiseResidual(picture, { border: 'periodic', levels: 4, sigma: 2, grey: true }));
  const planes = k.tensor(
    'f32',
    Float32Array.from({ length: pairs * side * side }, () => random() / 2 ** 32 - 0.5),
    [pairs, side, side],
  );
  const size = { height: side, width: side };
  await time(`pcePairs ${pairs} of ${side}`, async () => {
    const spectra = await k.pceSpectra(planes);
    const values = await k.pcePairs(spectra, size);
    return [spectra, values];
  });
  const spectra = await k.pceSpectra(planes);
  await time(`pceAbove ${pairs} of ${side}`, async () => {
    await k.pceAbove(spectra, { ...size, threshold: 9 });
    return [];
  });
  k.free(picture, planes, spectra);
}
