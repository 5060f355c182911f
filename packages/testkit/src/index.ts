export { fakeDetector } from './fakes/fake-detector.js';
export { fakeKernels } from './fakes/fake-kernels.js';
export { detectorTests, kernelTests, pluginTests, RULES, testDetector, testKernels, testPlugin } from './kit.js';
export type { KitOptions } from './options.js';
export { picture } from './pictures.js';
export { importsOf } from './plugins/node-imports.js';
export { assertKept, type KitTest, type RuleResult, resultsOf } from './rule.js';
