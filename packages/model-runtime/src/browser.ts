import type { ModelRuntime, ModelRuntimeOptions } from '@syntrace/core';
import { browserProviders, type WebSettings } from './runtime/browser-providers.js';
import { runtimeOf } from './runtime/model-runtime.js';
import { browserCache } from './store/browser-cache.js';
import { type ModelStore, type StoreOptions, storeOf } from './store/model-store.js';

/** Options of {@link createModels} beside those that a session of Syntrace sets. */
export interface ModelsOptions extends WebSettings {
  /** Larger models are refused. Default 2 GiB. */
  readonly maxBytes?: number;
}

/** Models on onnxruntime-web, which is loaded when the first one is opened: `createSyntrace({ models: createModels() })`. */
export const createModels =
  (options: ModelsOptions = {}) =>
  (settings: ModelRuntimeOptions): ModelRuntime =>
    runtimeOf(browserProviders(options, settings.provider), { ...settings, ...(options.maxBytes !== undefined && { maxBytes: options.maxBytes }) });

/** Files from https addresses, kept in the browser's cache storage. */
export const createModelStore = (options: StoreOptions = {}): ModelStore => storeOf(browserCache(), options);

export * from './shared-exports.js';
