import type { ModelRuntime, ModelRuntimeOptions } from '@syntrace/core';
import { runtimeOf } from './runtime/model-runtime.js';
import { nodeProviders } from './runtime/node-providers.js';
import { type ModelStore, type StoreOptions, storeOf } from './store/model-store.js';
import { nodeCache } from './store/node-cache.js';

/** Options of {@link createModels} beside those that a session of Syntrace sets. */
export interface ModelsOptions {
  /** Larger models are refused. Default 2 GiB. */
  readonly maxBytes?: number;
}

/** Models on onnxruntime-node, which is loaded when the first one is opened: `createSyntrace({ models: createModels() })`. */
export const createModels =
  (options: ModelsOptions = {}) =>
  (settings: ModelRuntimeOptions): ModelRuntime =>
    runtimeOf(nodeProviders, { ...settings, ...options });

/** Files from https addresses, kept in `folder` (default: `SYNTRACE_CACHE` or the user's cache folder). */
export const createModelStore = ({ folder, ...options }: StoreOptions & { readonly folder?: string } = {}): ModelStore => storeOf(nodeCache(folder), options);

export * from './shared-exports.js';
