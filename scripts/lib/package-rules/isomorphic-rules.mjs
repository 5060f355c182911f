// Code that also runs in the browser imports no module of Node's, however indirectly.
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';

const builtins = new Set(builtinModules);
const importPattern = /\b(?:import|export)\s*(?:[\w*{}\s,$]+?\s*from\s*)?["']([^"']+)["']|\bimport\s*\(\s*["']([^"']+)["']\s*\)/g;

/** Modules that a built file imports, statically or not. */
export function importsOf(source) {
  return [...source.matchAll(importPattern)].map(([, fixed, dynamic]) => fixed ?? dynamic);
}

/** The file that a browser would take for an entry point. */
function browserTarget(entry) {
  if (typeof entry === 'string') return entry;
  for (const [condition, value] of Object.entries(entry ?? {})) if (['browser', 'import', 'default'].includes(condition)) return browserTarget(value);
  return undefined;
}

/** Whether this entry point promises to run in a browser: always for core and plugins; elsewhere where it has a browser or node condition. */
function promisesBrowser(name, entry) {
  if (name === 'core' || name.startsWith('detector-') || name === 'baselines' || name === 'kernels-wasm' || name === 'evaluation') return true;
  return typeof entry === 'object' && entry !== null && ('browser' in entry || 'node' in entry);
}

function builtinImports(file, seen = new Set()) {
  if (seen.has(file) || !existsSync(file)) return [];
  seen.add(file);
  const found = [];
  for (const module of importsOf(readFileSync(file, 'utf8'))) {
    if (module.startsWith('node:') || builtins.has(module)) found.push(`${file} imports ${module}`);
    else if (module.startsWith('.')) found.push(...builtinImports(join(dirname(file), module), seen));
  }
  return found;
}

export function isomorphicProblems({ name, folder, json }) {
  return Object.entries(json.exports ?? {})
    .filter(([path, entry]) => !path.includes('*') && promisesBrowser(name, entry))
    .map(([, entry]) => browserTarget(entry))
    .filter(target => target?.endsWith('.js'))
    .flatMap(target => builtinImports(join(folder, target)));
}
