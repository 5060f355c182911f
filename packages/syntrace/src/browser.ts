import baselines from '@syntrace/baselines';
import frequency from '@syntrace/detector-frequency';
import maskSim from '@syntrace/detector-masksim';
import noiseScope from '@syntrace/detector-noisescope';
import npr from '@syntrace/detector-npr';
import provenance from '@syntrace/detector-provenance';
import { decode, readSource } from '@syntrace/image-io';
import wasm from '@syntrace/kernels-wasm/inline';
import { browserHost, loadBrowserAsset } from './browser-host.js';
import { decodeEmbedded } from './decode-embedded.js';
import { DEFAULT_ENSEMBLE } from './default-ensemble.js';
import { makeDoor } from './door.js';
import { inspectorFactory } from './inspect/inspect-file.js';

const door = makeDoor([wasm], [frequency, provenance, noiseScope, npr, maskSim, baselines], browserHost, DEFAULT_ENSEMBLE);

export const createSyntrace = door.createSyntrace;
export const detect = door.detect;
export const createInspector = inspectorFactory({ readSource, decode, decodeEmbedded, loadAsset: loadBrowserAsset, createSyntrace: door.createSyntrace });
export * from './shared-exports.js';
