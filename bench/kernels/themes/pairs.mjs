import { noise } from '../sizes.mjs';

/** PCE of all pairs of a collection, from its residuals on. */
export async function pairs({ k, time }) {
  const { side, pairs: count } = noise;
  let state = 1;
  const values = Float32Array.from({ length: count * side * side }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 32;
  });
  const planes = k.tensor('f32', values, [count, side, side]);
  const size = { height: side, width: side };
  const length = side * (side / 2 + 1) * 2;
  const flops = ((count * (count - 1)) / 2) * 9.5 * length;
  await time(
    `pcePairs ${count} of ${side}`,
    async () => {
      const spectra = await k.pceSpectra(planes);
      const matrix = await k.pcePairs(spectra, size);
      return { spectra, matrix };
    },
    { flops },
  );
  const spectra = await k.pceSpectra(planes);
  await time(`pceAbove ${count} of ${side}`, () => k.pceAbove(spectra, { ...size, threshold: 9 }), { flops: flops / 2 });
  k.free(planes, spectra);
}
