// Every version that the set-up scripts pin, in one place; package.json names pnpm's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

export const nodeVersion = '24.21.0';
/** The oldest major that pnpm 11 and changesets 3 run on without complaint. */
export const nodeMajorNeeded = 24;
/** The published packages are also tried on this one, when the machine's own Node is not a 20. */
export const oldestNodeVersion = '20.20.2';
export const pnpmVersion = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  .packageManager.replace(/^pnpm@/, '')
  .replace(/\+.*$/, '');
/** Must equal the `wasm-bindgen` that Cargo.lock names. */
export const wasmBindgenVersion = '0.2.129';
export const wasmPackVersion = '0.15.1';
export const wasmTarget = 'wasm32-unknown-unknown';
/** Compiles the CUDA kernels to PTX; an older one than the newest, for the widest range of drivers. */
export const nvrtcVersion = '12.4.127';
/** Brings ptxas, which checks that PTX. */
export const nvccVersion = '12.4.131';
