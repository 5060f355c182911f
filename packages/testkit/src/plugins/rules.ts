import { checkPlugin, type Plugin, Registry } from '@syntrace/core';
import type { KitOptions } from '../options.js';
import { must, type Rule } from '../rule.js';
import { nodeImportsOf } from './node-imports.js';

export interface PluginSubject {
  readonly plugin: Plugin;
  readonly options: KitOptions;
}

/** What a plugin as a whole keeps. */
export const pluginRules: readonly Rule<PluginSubject>[] = [
  {
    id: 'plugin/contract',
    promise: 'it has the shape of the contract, and registers beside others',
    check: async ({ plugin }) => {
      checkPlugin(plugin);
      const registry = new Registry();
      registry.use(plugin);
      for (const detector of plugin.detectors ?? []) must((detector.description ?? '').trim() !== '', `detector ${detector.id} does not say what it looks at`);
    },
  },
  {
    id: 'plugin/inert',
    promise: 'importing it has no effect: nothing on the global object, nothing registered',
    leftOut: ({ options }) => (options.load ? undefined : 'pass { load }, which imports it anew'),
    check: async ({ options }) => {
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      const loaded = await options.load!();
      const added = Object.getOwnPropertyNames(globalThis).filter(name => !before.has(name));
      must(added.length === 0, `importing it leaves on globalThis: ${added.join(', ')}`);
      must(typeof loaded === 'object' && loaded !== null, 'the import gives no plugin');
    },
  },
  {
    id: 'plugin/browser',
    promise: 'its browser build imports no module of Node',
    leftOut: ({ plugin, options }) =>
      plugin.supports?.browser === false ? 'the plugin says supports.browser: false' : options.browserModules ? undefined : 'pass { browserModules }',
    check: async ({ options }) => {
      for (const [name, source] of options.browserModules!) {
        const found = await nodeImportsOf(source);
        must(found.length === 0, `${name} imports ${found.join(', ')}`);
      }
    },
  },
];
