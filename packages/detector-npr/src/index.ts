import { definePlugin, PLUGIN_CONTRACT, type Plugin } from '@syntrace/core';
import manifest from '../package.json' with { type: 'json' };
import { nprDetector } from './detector.js';

export { type NprOptions, nprDetector } from './detector.js';
export type { NprEvidence } from './evidence.js';
export { explainResidual } from './explain.js';
export { LOOKS, type Look } from './looks.js';
export { NPR_NETWORK } from './network.js';

/** The plugin: one detector, `npr`, with its weights; it judges when it is named. */
export const npr: Plugin = definePlugin({ name: manifest.name, version: manifest.version, contract: PLUGIN_CONTRACT, detectors: [nprDetector()] });
export default npr;
