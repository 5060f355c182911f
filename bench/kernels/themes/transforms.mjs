import { elsewhere, transforms } from '../sizes.mjs';
import { numbers, plane } from '../timing.mjs';

/** Operations of a complex transform of n × n by the usual count; of a real one half as many. */
const flops = n => 5 * n * n * 2 * Math.log2(n);

/** Transforms of batches of planes, and what is made of spectra. */
export async function transformed({ k, time, check }) {
  const { planes, dct2, rfft2, fft2 } = transforms;
  for (const [op, sizes, values] of [
    ['dct2', dct2, 1],
    ['rfft2', rfft2, 1],
    ['fft2', fft2, 2],
  ]) {
    for (const n of sizes) {
      const x = k.tensor('f32', numbers(planes * n * n * values), values === 1 ? [planes, n, n] : [planes, n, n, 2]);
      if (op === 'rfft2') check(await k.read(await k.rfft2(x)), plane(n), n);
      await time(`${op} ${planes} x ${n}`, () => k[op](x), { bytes: 8 * values * planes * n * n, flops: (planes * flops(n) * values) / 2 });
      k.free(x);
    }
  }
  const n = elsewhere;
  const samples = n * n;
  const x = k.tensor('f32', plane(n), [n, n]);
  const complex = k.tensor('f32', numbers(2 * samples), [n, n, 2]);
  const f = await k.rfft2(x);
  await time(`irfft2 ${n}`, () => k.irfft2(f, n), { bytes: 8 * samples, flops: flops(n) / 2 });
  await time(`ifft2 ${n}`, () => k.ifft2(complex), { bytes: 16 * samples, flops: flops(n) });
  await time(`logAbs ${n}`, () => k.logAbs(x, 1e-12), { bytes: 8 * samples });
  await time(`logSpectrum ${n}`, () => k.logSpectrum(f, 1e-12), { bytes: 6 * samples });
  for (const [tile, stride] of [
    [8, 4],
    [8, 8],
    [16, 8],
    [16, 16],
    [32, 32],
    [64, 64],
  ]) {
    await time(`tileLogDct ${tile} every ${stride} of ${n}`, () => k.tileLogDct(x, { tile, stride, eps: 1e-6 }));
  }
  await time(`radialMean ${n}`, () => k.radialMean(x, { origin: 'corner', bins: n }), { bytes: 4 * samples });
  k.free(x, complex, f);
}
