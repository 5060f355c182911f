/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import native from '@syntrace/kernels-native';
import wasm from '@syntrace/kernels-wasm/inline';
import { createModels } from '@syntrace/model-runtime';

export const runtime = (provider = 'auto') => createModels()({ threads: 2, provider });

const folder = join(process.env.SYNTRACE_SHARED ?? join(import.meta.dirname, '../../../../../shared'), 'golden/masksim');
/** Whether the golden data are here; says so loudly when they are not. */
export const hasGolden = existsSync(folder);
if (!hasGolden) process.stderr.write(`\nSKIPPED: golden tests of MaskSim: there is no ${folder}. Set SYNTRACE_SHARED.\n`);

export const golden = async (name: string): Promise<Uint8Array> => new Uint8Array(readFileSync(join(folder, name)));

/** The kernels to test with. */
export const backends = { wasm: wasm.kernels![0]!, native: native.kernels!.find(({ id }) => id === 'native')! };
