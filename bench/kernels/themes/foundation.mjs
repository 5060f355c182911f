import { elsewhere, transforms } from '../sizes.mjs';
import { plane } from '../timing.mjs';

/** Transforms, pictures and rows. */
export async function foundation({ k, time, check }) {
  for (const [op, sizes] of Object.entries(transforms)) {
    for (const n of sizes) {
      const x = k.tensor('f32', plane(n), [n, n]);
      if (op === 'rfft2') check(await k.read(await k.rfft2(x)), plane(n), n);
      await time(`${op} ${n}`, () => k[op](x));
      k.free(x);
    }
  }
  const n = elsewhere;
  const x = k.tensor('f32', plane(n), [n, n]);
  const f = await k.rfft2(x);
  const rgb = k.tensor(
    'u8',
    Uint8Array.from({ length: n * n * 3 }, (_, i) => i * 89),
    [1, n, n, 3],
  );
  const rows = k.tensor('f32', plane(n), [4, (n * n) / 4]);
  const layer = [k.tensor('f32', new Float32Array((n * n) / 2).fill(0.5), [2, (n * n) / 4]), k.tensor('f32', new Float32Array(2), [2])];
  await time(`irfft2 ${n}`, () => k.irfft2(f, n));
  await time(`logAbs ${n}`, () => k.logAbs(x, 1e-12));
  await time(`logSpectrum ${n}`, () => k.logSpectrum(f, 1e-12));
  for (const tile of [8, 16, 32, 64]) {
    await time(`tileLogDct ${tile} of ${n}`, async () => Object.values(await k.tileLogDct(x, { tile, stride: tile, eps: 1e-6 })));
  }
  await time(`colour ycbcr ${n}`, () => k.colour(rgb, 'ycbcr'));
  await time(`colour pillow-l ${n}`, () => k.colour(rgb, 'pillow-l'));
  await time(`crop ${n}`, () => k.crop(rgb, [{ x: 8, y: 8, width: n - 16, height: n - 16 }]));
  await time(`nprResidual ${n}`, () => k.nprResidual(rgb, { scale: true }));
  await time(`laplacianVariance ${n}`, () => k.laplacianVariance(x));
  await time(`radialMean ${n}`, () => k.radialMean(x, { origin: 'corner', bins: n }));
  await time(`linear ${n * n}`, () => k.linear(rows, ...layer));
  await time(`moments ${n * n}`, async () => void (await k.moments(null, rows)) ?? []);
}
