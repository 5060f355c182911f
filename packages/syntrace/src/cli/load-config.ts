import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, type Plugin, SyntraceError } from '@syntrace/core';
import type { SyntraceConfig } from '../config.js';
import { pluginIn } from '../import-plugin.js';
import { configProblem } from './check-config.js';
import { manifestOf, misfitOf } from './plugin-manifest.js';

const NAMES = ['syntrace.config.ts', 'syntrace.config.mts', 'syntrace.config.js', 'syntrace.config.mjs'];

/** The config file of the working folder, if there is one, with paths made absolute. @throws CONFIG_INVALID */
export async function loadConfig(): Promise<SyntraceConfig> {
  const file = NAMES.map(name => resolve(name)).find(existsSync);
  if (!file) return {};
  const { createJiti } = await import('jiti');
  try {
    const config = await createJiti(import.meta.url).import<SyntraceConfig>(file, { default: true });
    const problem = configProblem(config);
    if (problem) throw new Error(problem);
    const absolute = (path: string) => (/^https:/i.test(path) ? path : resolve(dirname(file), path));
    return {
      ...config,
      ...(config.ensemble && { ensemble: absolute(config.ensemble) }),
      ...(config.weights && { weights: config.weights.map(absolute) }),
    };
  } catch (error) {
    throw SyntraceError.from(error, 'CONFIG_INVALID', { file });
  }
}

/** A plugin by package name or path, found from the working folder. One whose package.json says that it does not fit is not run at all.
 *  @throws PLUGIN_LOAD, PLUGIN_INVALID, PLUGIN_CONTRACT, PLUGIN_RANGE */
export async function loadPlugin(name: string): Promise<Plugin> {
  const manifest = manifestOf(name);
  const misfit = manifest && misfitOf(manifest);
  if (misfit) throw misfit;
  return pluginIn(name, await importFrom(name));
}

/** The file that a plugin's name stands for, found from the working folder: a package's name, a file, or a package's folder. */
export function pluginFileOf(name: string): string {
  if (!/^[./]|^[a-z]:[\\/]/i.test(name)) return createRequire(resolve('package.json')).resolve(name);
  const manifest = resolve(name, 'package.json');
  if (!existsSync(manifest)) return resolve(name);
  // A package may import itself by its name.
  return createRequire(manifest).resolve((JSON.parse(readFileSync(manifest, 'utf8')) as { name: string }).name);
}

async function importFrom(name: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(pluginFileOf(name)).href)) as Record<string, unknown>;
  } catch (error) {
    throw new SyntraceError('PLUGIN_LOAD', { name, detail: messageOf(error) }, error);
  }
}
