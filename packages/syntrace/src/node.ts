import frequency from '@syntrace/detector-frequency';
import { nativeKernels } from '@syntrace/kernels-native';
import { wasmKernels } from '@syntrace/kernels-wasm';
import manifest from '../package.json' with { type: 'json' };
import { backendPlugin } from './backend-plugin.js';
import { makeDoor } from './door.js';
import { nodeHost } from './node-host.js';

const backends = [
  backendPlugin('@syntrace/kernels-native', manifest.version, nativeKernels()),
  backendPlugin('@syntrace/kernels-wasm', manifest.version, wasmKernels()),
];
const door = makeDoor(backends, [frequency], nodeHost);

export const createSyntrace = door.createSyntrace;
export const detect = door.detect;
export * from './shared-exports.js';
