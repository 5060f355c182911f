import { checkPlugin, messageOf, type Plugin, SyntraceError } from '@syntrace/core';

/** Loads a plugin at run time by the address of its module, in a page or in Node: `syntrace.use(await importPlugin('https://example.org/plugin.js'))`.
 *  The module is one that a browser can import as it is: bundled with its dependencies (`@syntrace/core` included), or their names are in the page's
 *  import map. It runs with all rights of the page, so load only what its user chose and trusts; the page's content security policy must allow its address.
 *  Nothing is registered by loading, and a module that fails leaves everything as it was.
 *  @param address  whole, or relative to the page
 *  @throws PLUGIN_LOAD when it cannot be fetched, throws while it loads, or exports no plugin; PLUGIN_INVALID, PLUGIN_CONTRACT */
export async function importPlugin(address: string | URL): Promise<Plugin> {
  let module: Record<string, unknown>;
  try {
    const { href } = new URL(address, globalThis.location?.href);
    module = (await import(/* webpackIgnore: true */ /* @vite-ignore */ href)) as Record<string, unknown>;
  } catch (error) {
    throw new SyntraceError('PLUGIN_LOAD', { name: String(address), detail: messageOf(error) }, error);
  }
  return pluginIn(String(address), module);
}

/** The plugin among a module's exports. @throws PLUGIN_LOAD, PLUGIN_INVALID, PLUGIN_CONTRACT */
export function pluginIn(name: string, module: Record<string, unknown>): Plugin {
  const candidates = [module.default, module.plugin, ...Object.values(module)];
  const plugin = candidates.find(value => typeof value === 'object' && value !== null && 'contract' in value && 'name' in value);
  if (!plugin) throw new SyntraceError('PLUGIN_LOAD', { name, detail: 'it exports no plugin' });
  checkPlugin(plugin);
  return plugin;
}
