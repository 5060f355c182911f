import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ResidualStore, readNpy, writeNpy } from '@syntrace/detector-noisescope';

/** Residuals as `.npy` files [h, w] named by their key. A file that cannot be read counts as missing; files appear whole or not at all. */
export function residualCache(folder: string): ResidualStore {
  const fileOf = (key: string) => join(folder, key.slice(0, 2), `${key}.npy`);
  return {
    async get(key) {
      try {
        const { dtype, data } = readNpy(await readFile(fileOf(key)), key);
        return dtype === 'f32' ? (data as Float32Array) : undefined;
      } catch {
        return undefined;
      }
    },
    async put(key, residual, height, width) {
      const file = fileOf(key);
      await mkdir(join(folder, key.slice(0, 2)), { recursive: true });
      const partial = `${file}.${process.pid}.part`;
      await writeFile(partial, writeNpy('f32', [height, width], residual));
      await rename(partial, file);
    },
  };
}
