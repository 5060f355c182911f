import { definePlugin, PLUGIN_CONTRACT, type Plugin } from '@syntrace/core';
import manifest from '../package.json' with { type: 'json' };
import { cnnSpotDetector } from './published/cnnspot.js';
import { univFdDetector } from './published/univfd.js';

export type { PublishedOptions } from './published/artifact-detector.js';
export { CNNSPOT_NETWORK, cnnSpotDetector } from './published/cnnspot.js';
export { UNIVFD_ENCODER, univFdDetector } from './published/univfd.js';

/** The plugin: detectors that judge when they are named, with weights of the user's. */
export const baselines: Plugin = definePlugin({
  name: manifest.name,
  version: manifest.version,
  contract: PLUGIN_CONTRACT,
  detectors: [cnnSpotDetector(), univFdDetector()],
});
export default baselines;
