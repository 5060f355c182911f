import { definePlugin, PLUGIN_CONTRACT, type Plugin } from '@syntrace/core';
import manifest from '../package.json' with { type: 'json' };
import { frequencyDetector } from './detector.js';
import { residualsDetector } from './residuals/detector.js';

export { type FrequencyOptions, frequencyDetector } from './detector.js';
export type { FrequencyEvidence } from './evidence.js';
export { type ResidualsOptions, residualsDetector } from './residuals/detector.js';

/** The plugin: the detectors `frequency` and `residuals`, with the weights that ship with the package. */
export const frequency: Plugin = definePlugin({
  name: manifest.name,
  version: manifest.version,
  contract: PLUGIN_CONTRACT,
  detectors: [frequencyDetector(), residualsDetector()],
});
export default frequency;
