import { elsewhere, texture } from '../sizes.mjs';
import { numbers, plane } from '../timing.mjs';

/** Pictures, planes and rows. */
export async function foundation({ k, time }) {
  const n = elsewhere;
  const samples = n * n;
  const x = k.tensor('f32', plane(n), [n, n]);
  const bytes = count => Uint8Array.from({ length: count }, (_, i) => i * 89);
  const planes = k.tensor('f32', numbers(samples * 3), [1, 3, n, n]);
  const rgb = k.tensor('u8', bytes(samples * 3), [1, n, n, 3]);
  const flat = k.tensor('u8', bytes(samples * 3), [n, n, 3]);
  const [pictures, side] = texture.npr;
  const pixels = pictures * side * side;
  const batch = k.tensor('u8', bytes(pixels * 3), [pictures, side, side, 3]);
  const window = { x: 8, y: 8, width: n - 16, height: n - 16 };
  await time(`colour ycbcr ${n}`, () => k.colour(rgb, 'ycbcr'), { bytes: samples * 15 });
  await time(`colour pillow-l ${n}`, () => k.colour(rgb, 'pillow-l'), { bytes: samples * 7 });
  await time(`interleave ${n}`, () => k.interleave(planes), { bytes: samples * 24 });
  await time(`crop ${n}`, () => k.crop(rgb, [window]), { bytes: window.width * window.height * 6 });
  await time(`padReflect ${n}`, () => k.padReflect(rgb, { width: n + 40, height: n + 30 }), { bytes: 3 * (samples + (n + 40) * (n + 30)) });
  await time(`nprResidual ${pictures} x ${side}`, () => k.nprResidual(batch, { scale: true }), { bytes: pixels * 15 });
  await time(`laplacianVariance ${n}`, () => k.laplacianVariance(x), { bytes: samples * 4 });
  await time(`heatMap ${n}`, () => k.heatMap(x, { map: 'viridis', low: 0, high: 255 }), { bytes: samples * 8 });
  await time(`thumbnail 128 of ${n}`, () => k.thumbnail(flat, 128), { bytes: samples * 3 });
  const count = samples / 4;
  const rows = k.tensor('f32', plane(n), [4, count]);
  const row = value => k.tensor('f32', numbers(count).fill(value), [count]);
  const [mean, deviation] = [row(1), row(3)];
  const layer = [k.tensor('f32', numbers(2 * count).fill(0.5), [2, count]), k.tensor('f32', new Float32Array(2), [2])];
  const zero = () => k.tensor('f32', new Float32Array(samples), [n, n]);
  const state = { parameters: x, first: zero(), second: zero() };
  await time(`linear ${samples}`, () => k.linear(rows, ...layer), { bytes: samples * 6 });
  await time(`moments ${samples}`, () => k.moments(null, rows), { bytes: samples * 4 });
  await time(`standardize ${samples}`, () => k.standardize(rows, mean, deviation), { bytes: samples * 8 });
  await time(`concat ${samples}`, () => k.concat([rows, rows]), { bytes: samples * 16 });
  await time(`adam ${samples}`, () => k.adam(state, x, { step: 1, rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, form: 'corrected' }), {
    bytes: samples * 28,
  });
  k.free(x, rgb, batch, planes, flat, rows, mean, deviation, ...layer, state.first, state.second);
}
