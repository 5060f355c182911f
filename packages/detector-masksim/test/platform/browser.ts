import wasm from '@syntrace/kernels-wasm/inline';
import { createModels } from '@syntrace/model-runtime';

declare const GOLDEN_FOLDER: string | null;

export const runtime = (provider = 'auto') => createModels()({ threads: 2, provider });

/** Whether the golden data are here; vitest.config.ts looks. */
export const hasGolden = GOLDEN_FOLDER !== null;

/** A file that the test server is allowed to give. */
export async function golden(name: string): Promise<Uint8Array> {
  const response = await fetch(`/@fs${GOLDEN_FOLDER}/${name}?raw-bytes`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** The kernels to test with. */
export const backends = { wasm: wasm.kernels![0]! };
