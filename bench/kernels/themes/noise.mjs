import { noise } from '../sizes.mjs';
import { numbers, plane } from '../timing.mjs';

/** Residuals of pictures, and what is made of a few of them. */
export async function residuals({ k, time }) {
  const { residual: n, pictures: count } = noise;
  const pictures = k.tensor('u8', random8(count * n * n * 3), [count, n, n, 3]);
  const one = k.tensor('u8', random8(n * n * 3), [1, n, n, 3]);
  const x = k.tensor('f32', plane(n), [n, n]);
  const both = k.tensor('f32', numbers(2 * n * n), [2, n, n]);
  const first = k.tensor('f32', plane(n), [1, n, n]);
  const rows = k.tensor('f32', numbers(16 * n * n), [16, n * n]);
  await time(`noiseResidual ${count} x ${n}`, () => k.noiseResidual(pictures, { border: 'periodic', levels: 4, sigma: 2, grey: true }));
  await time(`dwt2 ${n}`, () => k.dwt2(x, 'symmetric'));
  const bands = await k.dwt2(x, 'symmetric');
  await time(`idwt2 ${n}`, () => k.idwt2(bands, { height: n, width: n, border: 'symmetric' }));
  await time(`localWiener ${n}`, () => k.localWiener(x, 4));
  await time(`zeroMean ${n}`, () => k.zeroMean(x));
  await time(`fourierWiener ${n}`, () => k.fourierWiener(x));
  await time(`prnuAdd ${n}`, () => k.prnuAdd(null, one, { levels: 4, sigma: 3, saturation: 'corrected' }));
  const sums = await k.prnuAdd(null, one, { levels: 4, sigma: 3, saturation: 'corrected' });
  await time(`prnuEstimate ${n}`, () => k.prnuEstimate(sums));
  await time(`normalisedCorrelation 16 of ${n}`, () => k.normalisedCorrelation(rows, rows));
  const groups = [[0, 3, 5, 7], Array.from({ length: 16 }, (_, i) => i)];
  await time(`groupMeans 2 of 16 x ${n}`, () => k.groupMeans(rows, groups));
  await time(`groupSums 2 of 16 x ${n}`, () => k.groupSums(rows, groups));
  await time(`meansOfOthers 16 x ${n}`, () => k.meansOfOthers(rows));
  await time(`latticePeaks ${n}`, () => k.latticePeaks(first, 8));
  await time(`crossCorrelation ${n}`, () => k.crossCorrelation(first, both));
  await time(`pce 2 of ${n}`, () => k.pce(first, both));
  await time(`pceExact ${n}`, () => k.pceExact(both, [[[1], [0]]]));
  k.free(pictures, one, x, both, first, rows, ...Object.values(bands), ...Object.values(sums));
}

/** Bytes that look random: xorshift. */
function random8(count) {
  let state = 1;
  return Uint8Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  });
}
