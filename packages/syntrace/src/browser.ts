import frequency from '@syntrace/detector-frequency';
import { wasmKernels } from '@syntrace/kernels-wasm/inline';
import manifest from '../package.json' with { type: 'json' };
import { backendPlugin } from './backend-plugin.js';
import { browserHost } from './browser-host.js';
import { makeDoor } from './door.js';

const door = makeDoor([backendPlugin('@syntrace/kernels-wasm', manifest.version, wasmKernels())], [frequency], browserHost);

export const createSyntrace = door.createSyntrace;
export const detect = door.detect;
export * from './shared-exports.js';
