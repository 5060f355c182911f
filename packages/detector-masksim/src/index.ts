import { definePlugin, PLUGIN_CONTRACT, type Plugin } from '@syntrace/core';
import manifest from '../package.json' with { type: 'json' };
import { maskSimDetector } from './detector.js';

export { type MaskSimOptions, maskSimDetector } from './detector.js';
export { type GeneratorEvidence, type MaskSimEvidence, UNKNOWN_GENERATOR } from './evidence.js';

/** The plugin: one detector, `masksim`, with its weights; it judges when it is named. */
export const maskSim: Plugin = definePlugin({ name: manifest.name, version: manifest.version, contract: PLUGIN_CONTRACT, detectors: [maskSimDetector()] });
export default maskSim;
