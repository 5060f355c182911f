import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpy } from '../src/residuals/npy.js';
import { type HeldResiduals, residualsOf } from '../src/residuals/residuals.js';

const root = process.env.SYNTRACE_SHARED ?? join(import.meta.dirname, '../../../../shared');
const folder = join(root, 'golden/noisescope');

/** Whether the golden data are here; says so loudly when they are not. */
export const hasGolden = existsSync(folder);
if (!hasGolden) process.stderr.write(`\nSKIPPED: golden tests of NoiseScope: there is no ${folder}. Set SYNTRACE_SHARED.\n`);

export const goldenFile = (name: string): string => join(folder, name);
export const goldenJson = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
export const goldenArray = (name: string) => readNpy(readFileSync(join(folder, name)), name);

/** A stack [n, h, w] as residuals. */
export function goldenResiduals(name: string): HeldResiduals {
  const { shape, data } = goldenArray(name);
  const [n, height, width] = shape as readonly [number, number, number];
  const all = Float32Array.from(data);
  const size = height * width;
  return residualsOf(
    height,
    width,
    Array.from({ length: n }, (_, i) => all.subarray(i * size, (i + 1) * size)),
  );
}
