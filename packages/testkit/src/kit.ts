import type { Detector, KernelBackend, Plugin } from '@syntrace/core';
import { answerRules } from './detectors/answers.js';
import { collectionRules } from './detectors/collections.js';
import { compositionRules } from './detectors/composition.js';
import { lifeRules } from './detectors/life.js';
import { kernelRules } from './kernels/rules.js';
import type { KitOptions } from './options.js';
import { pluginRules } from './plugins/rules.js';
import { type KitTest, type RuleResult, resultsOf, testsOf } from './rule.js';

const imageRules = [...lifeRules, ...answerRules, ...compositionRules];
/** Of the rules on single batches these hold for collections too. */
const shared = new Set(['detector/opens', 'detector/close', 'detector/no-globals', 'detector/card']);

/** Every rule of the kit with its promise, for documentation. */
export const RULES: readonly { readonly id: string; readonly promise: string }[] = [...pluginRules, ...imageRules, ...collectionRules, ...kernelRules].map(
  ({ id, promise }) => ({ id, promise }),
);

/** The rules for one detector of a plugin, as tests. */
export function detectorTests(plugin: Plugin, detector: Detector, options: KitOptions): KitTest[] {
  const rules = detector.unit === 'image' ? imageRules : [...lifeRules.filter(({ id }) => shared.has(id)), ...collectionRules];
  return testsOf(rules, `detector ${detector.id}`, { plugin, detector, options }, options.limitMs);
}

/** The rules for a kernel backend, as tests. */
export function kernelTests(backend: KernelBackend, options: Pick<KitOptions, 'limitMs'> = {}): KitTest[] {
  return testsOf(kernelRules, `backend ${backend.id}`, { backend }, options.limitMs);
}

/** The rules for a plugin and for everything that it offers, as tests. */
export function pluginTests(plugin: Plugin, options: KitOptions): KitTest[] {
  const own = testsOf(pluginRules, `plugin ${plugin.name}`, { plugin, options }, options.limitMs);
  const detectors = (plugin.detectors ?? []).flatMap(detector => detectorTests(plugin, detector, options));
  return [...own, ...detectors, ...(plugin.kernels ?? []).flatMap(backend => kernelTests(backend, options))];
}

/** Runs every rule for one detector of a plugin. */
export const testDetector = (plugin: Plugin, detector: Detector, options: KitOptions): Promise<RuleResult[]> =>
  resultsOf(detectorTests(plugin, detector, options));

/** Runs every rule for a kernel backend. */
export const testKernels = (backend: KernelBackend, options?: Pick<KitOptions, 'limitMs'>): Promise<RuleResult[]> => resultsOf(kernelTests(backend, options));

/** Runs every rule for a plugin and for everything that it offers. */
export const testPlugin = (plugin: Plugin, options: KitOptions): Promise<RuleResult[]> => resultsOf(pluginTests(plugin, options));
