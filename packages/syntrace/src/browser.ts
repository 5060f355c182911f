import frequency from '@syntrace/detector-frequency';
import noiseScope from '@syntrace/detector-noisescope';
import provenance from '@syntrace/detector-provenance';
import { readSource } from '@syntrace/image-io';
import wasm from '@syntrace/kernels-wasm/inline';
import { browserHost, loadBrowserAsset } from './browser-host.js';
import { makeDoor } from './door.js';
import { inspector } from './inspect/inspect-file.js';

const door = makeDoor([wasm], [frequency, provenance, noiseScope], browserHost);

export const createSyntrace = door.createSyntrace;
export const detect = door.detect;
export const createInspector = inspector(readSource, loadBrowserAsset);
export * from './shared-exports.js';
