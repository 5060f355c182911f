import { limits } from './limits.mjs';

const TRANSFORM = /^(i?r?fft2|dct2) /;

/** What the kernels want to reach: which rows, on how many threads, which figure, and what they are compared with. */
const goals = [
  { rows: TRANSFORM, threads: 1, figure: 'nativeAgainstPeer', least: 1.5, what: "transforms against SciPy's pocketfft, one thread" },
  { rows: TRANSFORM, threads: 2, figure: 'nativeAgainstPeer', least: 2, what: 'transforms against SciPy with workers=2' },
  { rows: /^noiseResidual/, threads: 1, figure: 'nativeAgainstPeer', least: 5, what: 'wavelet residual against PyWavelets and SciPy, one thread' },
  { rows: /^noiseResidual/, threads: 2, figure: 'nativeAgainstPeer', least: 5, what: 'wavelet residual, two threads' },
  { rows: /^pcePairs/, threads: 1, figure: 'nativeAgainstPeer', least: 1.5, what: "PCE of all pairs against NumPy's fast method, one thread" },
  { rows: /^pcePairs/, threads: 2, figure: 'nativeAgainstPeer', least: 1.5, what: "PCE of all pairs against NumPy's fast method, two threads" },
  { rows: /^pcePairs/, threads: 1, figure: 'nativeAgainstPerPair', least: 20, what: 'PCE of all pairs against transforms of each pair, one thread' },
  { rows: /^pcePairs/, threads: 2, figure: 'nativeAgainstPerPair', least: 20, what: 'PCE of all pairs against transforms of each pair, two threads' },
  { rows: /^nprResidual/, threads: 1, figure: 'ofCopy', least: 0.6, what: 'NPR residual as a share of the copy bandwidth, one thread' },
  { rows: /^nprResidual/, threads: 2, figure: 'ofCopy', least: 0.6, what: 'NPR residual as a share of the copy bandwidth, two threads' },
  { rows: /^haralick/, threads: 1, figure: 'nativeAgainstPeer', least: 5, what: 'Haralick features against mahotas, one thread' },
  { rows: TRANSFORM, threads: 1, figure: 'wasmAgainstNative', least: 0.33, what: 'WASM against native on one thread, transforms' },
  { rows: /^(?!i?r?fft2|dct2)/, threads: 1, figure: 'wasmAgainstNative', least: 0.5, what: 'WASM against native on one thread, all others' },
];

/** Each goal with its figures by kernel; of those that miss it, what the limit is. */
export function judged(rows) {
  return goals.flatMap(({ rows: pattern, threads, figure, least, what }) => {
    const figures = rows.filter(row => row.threads === threads && pattern.test(row.kernel) && row[figure] !== undefined);
    if (figures.length === 0) return [];
    const all = figures.map(row => ({ kernel: row.kernel, value: row[figure] }));
    const missed = all
      .filter(({ value }) => value < least)
      .map(({ kernel, value }) => ({ kernel, value, limit: limits.find(({ figures: of, kernels }) => of.includes(figure) && kernels.test(kernel))?.limit }));
    const values = all.map(({ value }) => value);
    return [{ what, least, unit: figure === 'ofCopy' ? 'share' : 'times', from: Math.min(...values), to: Math.max(...values), count: all.length, missed }];
  });
}
