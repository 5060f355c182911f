import frequency from '@syntrace/detector-frequency';
import wasm from '@syntrace/kernels-wasm/inline';
import { browserHost } from './browser-host.js';
import { makeDoor } from './door.js';

const door = makeDoor([wasm], [frequency], browserHost);

export const createSyntrace = door.createSyntrace;
export const detect = door.detect;
export * from './shared-exports.js';
