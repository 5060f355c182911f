import { openSession } from '../open-session.js';
import { grid } from '../output/grid.js';
import type { CommonOptions } from '../program-parts.js';

/** Everything that is registered, with who brought it. */
export async function pluginsCommand(options: CommonOptions & { readonly json?: boolean }): Promise<void> {
  const { syntrace } = await openSession(options);
  const plugins = syntrace.registry.plugins.map(plugin => ({
    name: plugin.name,
    version: plugin.version,
    contract: plugin.contract,
    detectors: (plugin.detectors ?? []).map(({ id, unit, description, trainable, importable }) => ({
      id,
      unit,
      description,
      trainable: Boolean(trainable),
      importable: Boolean(importable),
    })),
    backends: (plugin.kernels ?? []).map(({ id, priority }) => ({ id, priority })),
    intermediates: (plugin.intermediates ?? []).map(({ id, description }) => ({ id, description })),
  }));
  await syntrace.close();
  if (options.json) {
    console.log(JSON.stringify(plugins, null, 2));
    return;
  }
  const rows = plugins.flatMap(plugin => [
    ...plugin.detectors.map(d => [
      `detector ${d.id}`,
      `${plugin.name} ${plugin.version}`,
      `${d.description}${d.trainable ? ' (can be trained)' : ''}${d.importable ? ' (takes published weights)' : ''}`,
    ]),
    ...plugin.backends.map(b => [`backend ${b.id}`, `${plugin.name} ${plugin.version}`, `priority ${b.priority}`]),
    ...plugin.intermediates.map(i => [`intermediate ${i.id}`, `${plugin.name} ${plugin.version}`, i.description]),
  ]);
  console.log(grid(['what', 'plugin', 'description'], rows));
}
