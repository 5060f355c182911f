import { type KernelBackend, PLUGIN_CONTRACT, type Plugin } from '@syntrace/core';
import manifest from '../package.json' with { type: 'json' };

/** This package as a plugin, around its backends. */
export const pluginOf = (kernels: readonly KernelBackend[]): Plugin => ({
  name: manifest.name,
  version: manifest.version,
  contract: PLUGIN_CONTRACT,
  kernels,
  supports: { browser: false },
});
