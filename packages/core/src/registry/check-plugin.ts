import { KERNEL_CONTRACT } from '../contract/kernels.js';
import { PLUGIN_CONTRACT, type Plugin } from '../contract/plugin.js';
import { SyntraceError } from '../errors.js';

const ID = /^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/;
const SEMVER = /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/;

/** Gives types and early errors where a plugin is written; a plain object works too. */
export function definePlugin(plugin: Plugin): Plugin {
  checkPlugin(plugin);
  return plugin;
}

/** Refuses what is not a plugin of this contract.
 *  @throws PLUGIN_INVALID, PLUGIN_CONTRACT */
export function checkPlugin(plugin: unknown, contract: number = PLUGIN_CONTRACT): asserts plugin is Plugin {
  const name = isRecord(plugin) && typeof plugin.name === 'string' ? plugin.name : '(without a name)';
  const refuse = (detail: string): never => {
    throw new SyntraceError('PLUGIN_INVALID', { name, detail });
  };
  if (!isRecord(plugin)) return refuse(`expected an object, received ${plugin === null ? 'null' : typeof plugin}`);
  if (typeof plugin.name !== 'string' || plugin.name === '') return refuse('`name` is missing');
  if (plugin.contract !== contract) throw new SyntraceError('PLUGIN_CONTRACT', { name, found: String(plugin.contract), expected: contract });
  if (typeof plugin.version !== 'string' || !SEMVER.test(plugin.version)) return refuse(`\`version\` is not a semantic version: ${String(plugin.version)}`);
  const detectors = list(plugin, 'detectors', refuse);
  const kernels = list(plugin, 'kernels', refuse);
  const intermediates = list(plugin, 'intermediates', refuse);
  if (detectors.length + kernels.length + intermediates.length === 0) refuse('it offers neither detectors nor kernels nor intermediates');
  for (const detector of detectors) {
    needs(detector, 'detector', ['open'], refuse);
    if (detector.unit !== 'image' && detector.unit !== 'collection') refuse(`detector ${String(detector.id)}: \`unit\` must be "image" or "collection"`);
    const least = isRecord(detector.requires) && isRecord(detector.requires.minimumSize) ? detector.requires.minimumSize : {};
    if (!isSize(least.width) || !isSize(least.height)) refuse(`detector ${String(detector.id)}: \`requires.minimumSize\` needs width and height in samples`);
    if (!['undefined', 'boolean'].includes(typeof (detector.requires as Fields).encodedBytes))
      refuse(`detector ${String(detector.id)}: \`requires.encodedBytes\` must be true or false`);
    if (!['undefined', 'boolean'].includes(typeof detector.byDefault)) refuse(`detector ${String(detector.id)}: \`byDefault\` must be true or false`);
    if (![undefined, 'pixels', 'declaration'].includes(detector.restsOn as undefined))
      refuse(`detector ${String(detector.id)}: \`restsOn\` must be "pixels" or "declaration"`);
  }
  for (const backend of kernels) {
    needs(backend, 'backend', ['probe', 'open'], refuse);
    if (backend.contract !== KERNEL_CONTRACT)
      throw new SyntraceError('PLUGIN_CONTRACT', {
        name: `${name} (backend ${String(backend.id)})`,
        found: String(backend.contract),
        expected: KERNEL_CONTRACT,
      });
    if (!Number.isFinite(backend.priority)) refuse(`backend ${String(backend.id)}: \`priority\` must be a number`);
  }
  for (const intermediate of intermediates) needs(intermediate, 'intermediate', ['compute'], refuse);
}

const isSize = (value: unknown): boolean => Number.isFinite(value) && (value as number) >= 0;

type Fields = Record<string, unknown>;
const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function list(plugin: Fields, key: string, refuse: (detail: string) => never): readonly Fields[] {
  const items = plugin[key] ?? [];
  if (!Array.isArray(items) || !items.every(isRecord)) return refuse(`\`${key}\` must be an array of objects`);
  return items;
}

function needs(item: Fields, kind: string, methods: readonly string[], refuse: (detail: string) => never): void {
  if (typeof item.id !== 'string' || !ID.test(item.id)) refuse(`${kind} id must be lower-case words joined by "-" or ".", received ${JSON.stringify(item.id)}`);
  for (const method of methods) if (typeof item[method] !== 'function') refuse(`${kind} ${String(item.id)}: \`${method}\` must be a function`);
}
