import { openSession, type RefusedPlugin } from '../open-session.js';
import { grid } from '../output/grid.js';
import { findPlugins, misfitOf, type PluginManifest } from '../plugin-manifest.js';
import type { CommonOptions } from '../program-parts.js';

/** Everything that is registered, with who brought it; what was refused; and plugins among the project's dependencies that nobody allowed yet. */
export async function pluginsCommand(options: CommonOptions & { readonly json?: boolean }): Promise<void> {
  const refused: RefusedPlugin[] = [];
  const { syntrace } = await openSession(options, refused);
  const plugins = syntrace.registry.plugins.map(plugin => ({
    name: plugin.name,
    version: plugin.version,
    contract: plugin.contract,
    loaded: true,
    detectors: (plugin.detectors ?? []).map(({ id, unit, description, trainable, importable, importableClassifiers }) => ({
      id,
      unit,
      description,
      trainable: Boolean(trainable),
      importable: Boolean(importable ?? importableClassifiers),
    })),
    backends: (plugin.kernels ?? []).map(({ id, priority }) => ({ id, priority })),
    intermediates: (plugin.intermediates ?? []).map(({ id, description }) => ({ id, description })),
  }));
  await syntrace.close();
  const known = new Set([...plugins, ...refused].map(({ name }) => name));
  const waiting = findPlugins().filter(({ name }) => !known.has(name));
  process.exitCode = refused.length > 0 ? 1 : 0;
  if (options.json) {
    console.log(JSON.stringify([...plugins, ...refused.map(refusedEntry), ...waiting.map(waitingEntry)], null, 2));
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
  const others = [
    ...refused.map(({ name, error }) => ['refused', name, `${error.code}: ${error.message}\n→ ${error.hint}`]),
    ...waiting.map(manifest => ['not loaded', `${manifest.name} ${manifest.version}`, advice(manifest)]),
  ];
  console.log(grid(['what', 'plugin', 'description'], [...rows, ...others]));
}

const NOTHING = { detectors: [], backends: [], intermediates: [] };

const refusedEntry = ({ name, error }: RefusedPlugin) => ({ name, loaded: false, refused: error.toJSON(), ...NOTHING });

function waitingEntry(manifest: PluginManifest) {
  const misfit = misfitOf(manifest);
  return { name: manifest.name, version: manifest.version, loaded: false, ...(misfit && { refused: misfit.toJSON() }), ...NOTHING };
}

/** A plugin is code, so being installed is not enough to be run. */
function advice(manifest: PluginManifest): string {
  const misfit = misfitOf(manifest);
  if (misfit) return `${misfit.code}: ${misfit.message}\n→ ${misfit.hint}`;
  return `found among the dependencies; allow it by --plugin ${manifest.name}, or by plugins: ['${manifest.name}'] in syntrace.config.ts`;
}
