import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { python } from './python.mjs';
import { noise, texture, transforms } from './sizes.mjs';

const at = name => fileURLToPath(new URL(name, import.meta.url));
const { pictures } = noise;

/** A Python peer: its kernels by name and size. */
const peer = (script, ...args) => ({ command: (threads, file) => [python, [at(script), ...args, String(threads), file]] });
const noisePeer = mode => peer('noise_peer.py', mode, JSON.stringify(noise));
const node = (name, chosen = 'all') => ({ command: (threads, file) => [process.execPath, [at('measure.mjs'), name, String(threads), chosen, file]] });
const oneThread = contestant => ({ ...contestant, oneThread: true });

/** What is timed, each in a process of its own: the name of its column, how it is started, whether more threads mean nothing to it, and whether it
 *  takes minutes and is run once. */
export const contestants = [
  { column: 'native', ...node('native') },
  { column: 'wasm', ...oneThread(node('wasm')) },
  { column: 'scipy', ...peer('scipy_peer.py', JSON.stringify(transforms)) },
  { column: 'python', ...peer('texture_peer.py', JSON.stringify({ ...texture, pictures })) },
  { column: 'pywavelets', ...noisePeer('residual') },
  ...['fft.js', 'fourier-transform', 'pffft'].map(name => ({ column: name, ...oneThread(node(name)) })),
  { column: 'copy', command: (threads, file) => [process.execPath, [at('copy.mjs'), String(threads), file]] },
  { column: 'native', once: true, ...node('native', 'pairs') },
  { column: 'wasm', once: true, ...oneThread(node('wasm', 'pairs')) },
  { column: 'numpy', once: true, ...noisePeer('fast') },
  { column: 'transform-per-pair', once: true, ...noisePeer('transform-per-pair') },
];

/** Its times by kernel and size, or the reason why there are none. */
export function run({ command }, threads, clock) {
  const folder = mkdtempSync(join(tmpdir(), 'syntrace-bench-'));
  const file = join(folder, 'times.json');
  try {
    const limits = Object.fromEntries(['OMP', 'OPENBLAS', 'MKL'].map(name => [`${name}_NUM_THREADS`, String(threads)]));
    const { status, stderr, error } = spawnSync(...command(threads, file), {
      encoding: 'utf8',
      env: { ...process.env, ...limits, ...(threads === 1 && { SYNTRACE_BENCH_CLOCK: clock }) },
    });
    if (error || status !== 0) return { reason: error?.message ?? stderr.trim().split('\n').at(-1) };
    // Single libraries that a peer lacks are said, and the others run.
    process.stderr.write(stderr);
    const { detail, ...times } = JSON.parse(readFileSync(file, 'utf8'));
    return { detail, times: Object.fromEntries(Object.entries(times).map(([kernel, time]) => [kernel, typeof time === 'number' ? { ms: time } : time])) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
