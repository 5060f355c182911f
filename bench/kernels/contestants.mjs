import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noise, texture, transforms } from './sizes.mjs';

const at = name => fileURLToPath(new URL(name, import.meta.url));

const python = process.env.SYNTRACE_PYTHON ?? 'python3';
const noisePeer = mode => file => [python, [at('noise_peer.py'), mode, JSON.stringify(noise), file]];

/** Every contestant with the command that times it in a process of its own. */
export const contestants = {
  python: file => [python, [at('texture_peer.py'), JSON.stringify(texture), file]],
  scipy: file => [python, [at('scipy_peer.py'), JSON.stringify(transforms), file]],
  numpy: noisePeer('fast'),
  'transform-per-pair': noisePeer('transform-per-pair'),
  ...Object.fromEntries(
    ['native', 'wasm', 'fft.js', 'fourier-transform', 'pffft'].map(name => [name, file => [process.execPath, [at('measure.mjs'), name, file]]]),
  ),
};

/** Its times by kernel and size, or the reason why there are none. */
export function run(name) {
  const folder = mkdtempSync(join(tmpdir(), 'syntrace-bench-'));
  const file = join(folder, 'times.json');
  try {
    const [command, args] = contestants[name](file);
    const threads = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
    const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...threads } });
    if (error || status !== 0) return { reason: error?.message ?? stderr.trim().split('\n').at(-1) };
    // Single libraries that a peer lacks are said, and the others run.
    process.stderr.write(stderr);
    return { times: JSON.parse(readFileSync(file, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
