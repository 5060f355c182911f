// The process in which a plugin is tested: what it does to memory, time and globals harms only itself.
import { pathToFileURL } from 'node:url';
import { type KernelBackend, type Plugin, Registry, SyntraceError } from '@syntrace/core';
import native from '@syntrace/kernels-native';
import wasm from '@syntrace/kernels-wasm';
import { pluginTests, resultsOf } from '@syntrace/testkit';
import { pluginIn } from '../../import-plugin.js';
import { lazyModels } from '../../models.js';
import { loadNodeAsset } from '../../node-host.js';
import { loadPlugin, pluginFileOf } from '../load-config.js';
import { browserModulesOf } from './browser-modules.js';
import type { VerifyMessage, VerifyTask } from './messages.js';

const say = (message: VerifyMessage): Promise<void> => new Promise(resolve => process.send!(message, () => resolve()));

async function verify({ plugin: name, backend, ruleMs }: VerifyTask): Promise<void> {
  const plugin = await loadPlugin(name);
  const file = pluginFileOf(name);
  const load = async () => pluginIn(name, (await import(`${pathToFileURL(file).href}?again`)) as Record<string, unknown>);
  const models = lazyModels()({ threads: 1, provider: 'auto' });
  const options = {
    backend: backendOf(plugin, backend),
    models,
    loadAsset: loadNodeAsset,
    browserModules: await browserModulesOf(file),
    load,
    limitMs: ruleMs,
  };
  const tests = pluginTests(plugin, options);
  await say({ type: 'plan', name: plugin.name, version: plugin.version, rules: tests.length });
  for (const test of tests) {
    await say({ type: 'begin', rule: test.rule, subject: test.subject, promise: test.promise });
    for (const result of await resultsOf([test])) await say({ type: 'end', result });
  }
}

/** The named backend: the plugin's own, or one of ours. */
function backendOf(plugin: Plugin, id: string): KernelBackend {
  const own = plugin.kernels?.find(each => each.id === id);
  if (own) return own;
  const registry = new Registry();
  for (const each of [native, wasm]) registry.use(each);
  return registry.backend(id);
}

process.once('message', async (task: VerifyTask) => {
  try {
    await verify(task);
  } catch (error) {
    await say({ type: 'refused', error: SyntraceError.from(error, 'PLUGIN_LOAD', { name: task.plugin }).toJSON() });
  }
  process.exit();
});
