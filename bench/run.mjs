// Kernels side by side: SciPy, NumPy with PyWavelets, the native addon, WASM and the JavaScript FFT libraries, each in processes of its own, taken in turn.
//   node bench/run.mjs [--rounds N] [--json]        SYNTRACE_PYTHON: a Python that has SciPy and PyWavelets (optional)
import { contestants, run } from './kernels/contestants.mjs';
import { machine } from './machine.mjs';

const argv = process.argv.slice(2);
const rounds = argv.includes('--rounds') ? Number(argv[argv.indexOf('--rounds') + 1]) : 3;
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error('--rounds takes a whole number above 0');

/** @type {Record<string, Record<string, number | string>>} */
const best = {};
const missing = {};
for (let round = 1; round <= rounds; round++) {
  for (const name of Object.keys(contestants)) {
    if (missing[name]) continue;
    process.stderr.write(`round ${round} of ${rounds}: ${name}\n`);
    const { times, reason } = run(name);
    if (!times) {
      missing[name] = reason;
      continue;
    }
    best[name] ??= {};
    for (const [kernel, ms] of Object.entries(times)) best[name][kernel] = typeof ms === 'string' ? ms : Math.min(ms, best[name][kernel] ?? ms);
  }
}

const { detail: _, ...kernels } = { ...best.native, ...best.wasm };
const names = Object.keys(best);
const ms = (name, kernel) => best[name]?.[kernel];
const ratio = (kernel, of, to) => (ms(of, kernel) && ms(to, kernel) ? ms(of, kernel) / ms(to, kernel) : undefined);
const rows = Object.keys(kernels).map(kernel => ({
  kernel,
  ms: Object.fromEntries(names.map(name => [name, ms(name, kernel)])),
  nativeAgainstPython: ratio(kernel, 'scipy', 'native') ?? ratio(kernel, 'python', 'native') ?? ratio(kernel, 'numpy', 'native'),
  wasmAgainstNative: ratio(kernel, 'native', 'wasm'),
  wasmAgainstBestLibrary: Math.min(...['fft.js', 'fourier-transform', 'pffft'].map(name => ratio(kernel, name, 'wasm') ?? Number.POSITIVE_INFINITY)),
}));

const versions = Object.fromEntries(names.flatMap(name => (best[name].detail ? [[name, best[name].detail]] : [])));

if (argv.includes('--json')) {
  console.log(JSON.stringify({ machine: machine(), versions, rounds, missing, rows }, null, 2));
} else {
  const number = (value, digits) => (value === undefined || !Number.isFinite(value) ? '' : value.toFixed(digits));
  const times = value => (number(value, 2) ? `${number(value, 2)}×` : '');
  const header = ['ms, one thread, best', ...names, 'native : Python', 'WASM : native', 'WASM : best library'];
  const lines = rows.map(row => [
    row.kernel,
    ...names.map(name => number(row.ms[name], 3)),
    times(row.nativeAgainstPython),
    times(row.wasmAgainstNative),
    times(row.wasmAgainstBestLibrary),
  ]);
  console.log(`${machine().text}; ${rounds} rounds, best of all`);
  for (const [name, detail] of Object.entries(versions)) console.log(`${name}: ${detail}`);
  console.log(`\n| ${header.join(' | ')} |\n|${header.map((_, i) => (i === 0 ? '---|' : '---:|')).join('')}`);
  for (const line of lines) console.log(`| ${line.join(' | ')} |`);
  console.log('\nRatios are speeds: above 1 the first of the two is faster.');
  for (const [name, reason] of Object.entries(missing)) console.log(`Not run: ${name} (${reason})`);
}
