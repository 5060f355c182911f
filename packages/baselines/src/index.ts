import { type Detector, definePlugin, PLUGIN_CONTRACT, type Plugin } from '@syntrace/core';
import manifest from '../package.json' with { type: 'json' };
import { type BaselineOptions, classicDetector } from './classic/detector.js';
import type { BaselineEvidence } from './classic/evidence.js';
import { csdSvm } from './classic/methods/csd-svm.js';
import { eigenfaces } from './classic/methods/eigenfaces.js';
import { knn } from './classic/methods/knn.js';
import { prnu } from './classic/methods/prnu.js';
import { cnnSpotDetector } from './published/cnnspot.js';
import { univFdDetector } from './published/univfd.js';

export type { BaselineOptions } from './classic/detector.js';
export type { BaselineEvidence } from './classic/evidence.js';
export { cellsOf, type GridCell, type GridData, type GridOptions, gridSearch } from './classic/grid.js';
export { type Method, parameterKey } from './classic/method.js';
export { settingsOf } from './classic/settings.js';
export type { PublishedOptions } from './published/artifact-detector.js';
export { CNNSPOT_NETWORK, cnnSpotDetector } from './published/cnnspot.js';
export { UNIVFD_ENCODER, univFdDetector } from './published/univfd.js';

/** The baselines that are trained here, by their ids. */
export const METHODS = { knn, prnu, eigenfaces, 'csd-svm': csdSvm } as const;
export type MethodId = keyof typeof METHODS;

/** A baseline as a detector, e.g. `baselineDetector('knn', { weights })`. */
export const baselineDetector = (id: MethodId, options: BaselineOptions = {}): Detector<BaselineEvidence> => classicDetector(METHODS[id], options);

/** The plugin: detectors that judge when they are named, with weights of the user's. */
export const baselines: Plugin = definePlugin({
  name: manifest.name,
  version: manifest.version,
  contract: PLUGIN_CONTRACT,
  detectors: [...Object.values(METHODS).map(method => classicDetector(method)), cnnSpotDetector(), univFdDetector()],
});
export default baselines;
