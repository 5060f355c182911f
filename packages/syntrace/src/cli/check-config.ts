import { nearestName } from '@syntrace/core';
import type { SyntraceConfig } from '../config.js';

type Rule = readonly [expected: string, holds: (value: unknown) => boolean];

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const TEXT: Rule = ['text', isText];
const COUNT: Rule = ['a whole number above 0', value => Number.isSafeInteger(value) && Number(value) > 0];
const PLUGINS: Rule = ['a list of plugins, names or paths', value => Array.isArray(value) && value.every(entry => isText(entry) || typeof entry === 'object')];

const RULES: Readonly<Record<keyof SyntraceConfig, Rule>> = {
  plugins: PLUGINS,
  backend: TEXT,
  provider: TEXT,
  weights: ['a list of folders', value => Array.isArray(value) && value.every(isText)],
  detectors: ['a list of ids', value => Array.isArray(value) && value.length > 0 && value.every(isText)],
  ensemble: TEXT,
  concurrency: COUNT,
  maxPixels: COUNT,
  maxBytes: COUNT,
};

/** What is wrong with a config, or `null`. A misspelt field must not be passed over in silence. */
export function configProblem(config: unknown): string | null {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return 'its default export is not an object';
  for (const [name, value] of Object.entries(config)) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name as keyof SyntraceConfig] : null;
    if (!rule) return `there is no field "${name}"${nearestName(name, Object.keys(RULES))}`;
    const [expected, holds] = rule;
    if (value !== undefined && !holds(value)) return `${name} must be ${expected}`;
  }
  return null;
}
