import { noise, texture } from '../sizes.mjs';

/** Filters and noise of perturbations; texture_peer.py times the same under the same names. */
export async function filters({ k, time }) {
  const { picture: n } = texture;
  const { pictures: count } = noise;
  const samples = count * n * n * 3;
  const image = k.tensor(
    'u8',
    Uint8Array.from({ length: samples }, (_, i) => (i * 7919) % 256),
    [count, n, n, 3],
  );
  const each = `${count} x ${n}`;
  await time(`gaussianBlur 9 ${each}`, () => k.gaussianBlur(image, { taps: 9, sigma: 4, arithmetic: 'opencv' }), { bytes: 2 * samples });
  await time(`gaussianBlur 9 exact ${each}`, () => k.gaussianBlur(image, { taps: 9, sigma: 4, arithmetic: 'exact' }), { bytes: 2 * samples });
  for (const side of [3, 5, 7, 15]) await time(`medianFilter ${side} ${each}`, () => k.medianFilter(image, side), { bytes: 2 * samples });
  await time(`bilateralFilter 7 ${each}`, () => k.bilateralFilter(image, { radius: 3, colourSigma: 40, spaceSigma: 2 }), { bytes: 2 * samples });
  await time(`resize cubic ${each}`, () => k.resize(image, { width: n, height: n - 10, resampling: 'cubic' }), { bytes: 2 * samples });
  await time(`resize linear-antialiased ${each}`, () => k.resize(image, { width: 128, height: 128, resampling: 'linear-antialiased' }), { bytes: samples });
  const shape = [count, n, n, 3];
  await time(`normalNoise ${each}`, () => k.normalNoise(shape, { seed: 1, stream: 0 }), { bytes: 4 * samples });
  const grain = await k.normalNoise(shape, { seed: 1, stream: 0 });
  await time(`addNoise ${each}`, () => k.addNoise(image, grain, 4), { bytes: 6 * samples });
  k.free(image, grain);
}
