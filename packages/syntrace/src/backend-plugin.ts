import { type KernelBackend, PLUGIN_CONTRACT, type Plugin } from '@syntrace/core';

/** A kernel backend as a plugin. */
export const backendPlugin = (name: string, version: string, backend: KernelBackend): Plugin => ({
  name,
  version,
  contract: PLUGIN_CONTRACT,
  kernels: [backend],
});
