// Times one contestant in a process of its own and prints JSON: node measure.mjs native|wasm|fft.js|fourier-transform|pffft
import { writeFileSync } from 'node:fs';
import { fftJs, fourierTransform, pffft } from './peers.mjs';
import { transforms } from './sizes.mjs';
import { themes } from './themes/themes.mjs';
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
  for (const theme of themes) await theme({ k, time, check });
  await k.close();
}
writeFileSync(file, JSON.stringify(times));
