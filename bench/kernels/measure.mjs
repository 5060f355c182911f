// Times one contestant in a process of its own and prints JSON: node measure.mjs native|wasm|fft.js|fourier-transform|pffft
import { writeFileSync } from 'node:fs';
import { fftJs, fourierTransform, pffft } from './peers.mjs';
import { elsewhere, transforms } from './sizes.mjs';
import { best, plane } from './timing.mjs';

const [name, file] = process.argv.slice(2);
const libraries = { 'fft.js': fftJs, 'fourier-transform': fourierTransform, pffft };

/** Largest difference to SciPy's definition, checked at a few coefficients: a fast wrong result is no result. */
function check(half, x, n) {
  const bins = n / 2 + 1;
  for (const [l, k] of [
    [0, 0],
    [1, 2],
    [n - 1, bins - 1],
  ]) {
    let [re, im] = [0, 0];
    for (let i = 0; i < n * n; i++) {
      const angle = (-2 * Math.PI * ((Math.floor(i / n) * l + (i % n) * k) % n)) / n;
      re += x[i] * Math.cos(angle);
      im += x[i] * Math.sin(angle);
    }
    const at = (l * bins + k) * 2;
    const error = Math.max(Math.abs(half[at] - re), Math.abs(half[at + 1] - im));
    if (!(error < 1e-5 * 128 * n * n)) throw new Error(`${name}: coefficient [${l}, ${k}] of ${n}×${n} is off by ${error}`);
  }
}

const times = {};
if (name in libraries) {
  for (const n of transforms.rfft2) {
    const transform = await libraries[name](n);
    const x = plane(n);
    check(transform(x), x, n);
    times[`rfft2 ${n}`] = await best(() => transform(x));
  }
} else {
  const { nativeKernels } = await import('@syntrace/kernels-native');
  const { wasmKernels } = await import('@syntrace/kernels-wasm');
  const backend = name === 'native' ? nativeKernels() : wasmKernels();
  const k = await backend.open({ threads: 1 });
  times.detail = (await backend.probe()).detail;
  const time = async (label, run) => {
    times[label] = await best(async () => k.free(...[await run()].flat()));
  };
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
  await k.close();
}
writeFileSync(file, JSON.stringify(times));
