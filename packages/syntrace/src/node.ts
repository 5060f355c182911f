import baselines from '@syntrace/baselines';
import frequency from '@syntrace/detector-frequency';
import maskSim from '@syntrace/detector-masksim';
import noiseScope from '@syntrace/detector-noisescope';
import npr from '@syntrace/detector-npr';
import provenance from '@syntrace/detector-provenance';
import { decode, readSource } from '@syntrace/image-io';
import native from '@syntrace/kernels-native';
import wasm from '@syntrace/kernels-wasm';
import { decodeEmbedded } from './decode-embedded.js';
import { DEFAULT_ENSEMBLE } from './default-ensemble.js';
import { makeDoor } from './door.js';
import { inspectorFactory } from './inspect/inspect-file.js';
import { loadNodeAsset, nodeHost } from './node-host.js';

const door = makeDoor([native, wasm], [frequency, provenance, noiseScope, npr, maskSim, baselines], nodeHost, DEFAULT_ENSEMBLE);

export const createSyntrace = door.createSyntrace;
export const detect = door.detect;
export const createInspector = inspectorFactory({ readSource, decode, decodeEmbedded, loadAsset: loadNodeAsset, createSyntrace: door.createSyntrace });
export * from './shared-exports.js';
