import type { Host, ModelRuntime, ModelRuntimeOptions } from '@syntrace/core';

/** Models that load `@syntrace/model-runtime` when a detector first opens one. */
export const lazyModels = (): NonNullable<Host<unknown>['models']> => options => lazyRuntime(options);

function lazyRuntime(options: ModelRuntimeOptions): ModelRuntime {
  let loaded: Promise<ModelRuntime> | undefined;
  const runtime = () => (loaded ??= import('@syntrace/model-runtime').then(({ createModels }) => createModels()(options)));
  return {
    open: async model => (await runtime()).open(model),
    exported: async (...args) => (await runtime()).exported(...args),
    providers: async () => (await runtime()).providers(),
    close: async () => (await loaded)?.close(),
  };
}
