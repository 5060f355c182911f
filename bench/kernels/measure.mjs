// Times one contestant in a process of its own and writes JSON: node measure.mjs native|wasm|fft.js|fourier-transform|pffft THREADS all|pairs FILE
// Each kernel gives { ms } and, where they say something, the bytes that it must move at least and its floating-point operations.
import { writeFileSync } from 'node:fs';
import { fftJs, fourierTransform, pffft } from './peers.mjs';
import { transforms } from './sizes.mjs';
import { pairs } from './themes/pairs.mjs';
import { themes } from './themes/themes.mjs';
import { best, plane } from './timing.mjs';

const [name, threads, chosen, file] = process.argv.slice(2);
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
  const { planes } = transforms;
  for (const n of transforms.rfft2) {
    const transform = await libraries[name](n);
    const x = plane(n);
    check(transform(x), x, n);
    times[`rfft2 ${planes} x ${n}`] = {
      ms: await best(() => {
        for (let i = 0; i < planes; i++) transform(x);
      }),
    };
  }
} else {
  const { nativeKernels } = await import('@syntrace/kernels-native');
  const { wasmKernels } = await import('@syntrace/kernels-wasm');
  const backend = name === 'native' ? nativeKernels() : wasmKernels();
  const opened = await backend.open({ threads: Number(threads) });
  times.detail = (await backend.probe()).detail;
  const run = new Set();
  const k = watched(opened, run);
  const time = async (label, call, cost = {}) => {
    times[label] = { ms: await best(async () => k.free(...tensorsOf(await call()))), ...cost };
  };
  for (const theme of chosen === 'pairs' ? [pairs] : themes) await theme({ k, time, check });
  if (chosen !== 'pairs') allRun(opened, run);
  await k.close();
}
writeFileSync(file, JSON.stringify(times));

/** The tensors in a result: itself, or those that it names. */
function tensorsOf(result) {
  return result?.dtype ? [result] : Object.values(result ?? {});
}

/** The kernels, noting the operations that are called. */
function watched(kernels, run) {
  return new Proxy(kernels, {
    get(target, operation) {
      const value = Reflect.get(target, operation, target);
      if (typeof value !== 'function') return value;
      run.add(operation);
      return value.bind(target);
    },
  });
}

/** Every operation of the contract has a row. */
function allRun(kernels, run) {
  const others = ['constructor', 'tensor', 'read', 'free', 'close', 'trapForTest', 'one', 'run', 'guarded'];
  // What the theme of all pairs times.
  const elsewhere = ['pceSpectra', 'pcePairs', 'pceAbove'];
  for (let type = Object.getPrototypeOf(kernels); type && type !== Object.prototype; type = Object.getPrototypeOf(type)) {
    for (const operation of Object.getOwnPropertyNames(type)) {
      if (!run.has(operation) && ![...others, ...elsewhere].includes(operation)) throw new Error(`${operation} has no row in bench/kernels/themes`);
    }
  }
}
