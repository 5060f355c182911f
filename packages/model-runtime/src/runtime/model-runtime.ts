import type { ModelFile, ModelRuntime, ModelRuntimeOptions, ModelSession, ProviderReport } from '@syntrace/core';
import { networkToOnnx } from '../network/to-onnx.js';
import { checkModel, MAX_MODEL_BYTES } from './check-model.js';
import { openSession, reportProviders } from './open-session.js';
import type { Provider } from './provider.js';

export interface RuntimeSettings extends ModelRuntimeOptions {
  /** Larger models are refused. Default 2 GiB. */
  readonly maxBytes?: number;
}

/** A session that several may hold. */
interface Shared {
  readonly session: Promise<ModelSession>;
  holders: number;
}

/** The providers of a platform behind the contract; a model that is open already is shared. */
export function runtimeOf(providers: readonly Provider[], { threads, provider, maxBytes = MAX_MODEL_BYTES }: RuntimeSettings): ModelRuntime {
  const open = new Map<string, Shared>();

  const release = async (key: string, shared: Shared): Promise<void> => {
    if (--shared.holders > 0) return;
    if (open.get(key) === shared) open.delete(key);
    await (await shared.session).close();
  };

  const share = (model: ModelFile): Shared => {
    const known = open.get(model.sha256);
    if (known) return known;
    const shared: Shared = { session: openSession(model, providers, provider, threads), holders: 0 };
    open.set(model.sha256, shared);
    shared.session.catch(() => open.get(model.sha256) === shared && open.delete(model.sha256));
    return shared;
  };

  return {
    async open(model) {
      await checkModel(model, maxBytes);
      const shared = share(model);
      shared.holders++;
      const session = await shared.session;
      let held = true;
      return {
        provider: session.provider,
        inputs: session.inputs,
        outputs: session.outputs,
        run: (inputs, options) => session.run(inputs, options),
        async close() {
          if (!held) return;
          held = false;
          await release(model.sha256, shared);
        },
      };
    },
    exported: async (...args) => networkToOnnx(...args),
    providers: (): Promise<readonly ProviderReport[]> => reportProviders(providers, provider),
    async close() {
      const sessions = await Promise.allSettled([...open.values()].map(({ session }) => session));
      open.clear();
      await Promise.all(sessions.flatMap(session => (session.status === 'fulfilled' ? [session.value.close()] : [])));
    },
  };
}
