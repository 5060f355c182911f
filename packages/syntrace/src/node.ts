import frequency from '@syntrace/detector-frequency';
import native from '@syntrace/kernels-native';
import wasm from '@syntrace/kernels-wasm';
import { makeDoor } from './door.js';
import { nodeHost } from './node-host.js';

const door = makeDoor([native, wasm], [frequency], nodeHost);

export const createSyntrace = door.createSyntrace;
export const detect = door.detect;
export * from './shared-exports.js';
