import type { Detector, Intermediate } from '../contract/detector.js';
import type { KernelBackend } from '../contract/kernels.js';
import { PLUGIN_CONTRACT, type Plugin } from '../contract/plugin.js';
import { type ErrorCode, nearestName, SyntraceError } from '../errors.js';
import { checkPlugin } from './check-plugin.js';
import { LIFTS, liftPlugin, type PluginLift } from './lift-plugin.js';

interface Entry<T> {
  readonly item: T;
  readonly plugin: Plugin;
}

type Kind = 'detector' | 'backend' | 'intermediate';

/** What is registered in one Syntrace object. Two objects share nothing. */
export class Registry {
  private detectors = new Map<string, Entry<Detector>>();
  private backends = new Map<string, Entry<KernelBackend>>();
  private intermediates = new Map<string, Entry<Intermediate>>();
  private registered: readonly Plugin[] = [];
  private replacements = 0;
  private readonly contract: number;
  private readonly lifts: ReadonlyMap<number, PluginLift>;

  /** `contract` and `lifts` are for tests of the next contract. */
  constructor({ contract = PLUGIN_CONTRACT, lifts = LIFTS }: { readonly contract?: number; readonly lifts?: ReadonlyMap<number, PluginLift> } = {}) {
    this.contract = contract;
    this.lifts = lifts;
  }

  get plugins(): readonly Plugin[] {
    return this.registered;
  }

  /** Changes whenever an id may have got another owner, so that what was opened before is not used for it. */
  get revision(): number {
    return this.replacements;
  }

  /** Registers everything a plugin offers, or nothing; one of an older contract is lifted to the present one first. With `replace` it takes the ids of others, and the whole place of a plugin of the same name.
   *  @throws PLUGIN_INVALID, PLUGIN_CONTRACT, PLUGIN_CLASH; the registry is unchanged then */
  use(given: Plugin, options: { readonly replace?: boolean } = {}): void {
    const plugin = liftPlugin(given, this.lifts);
    checkPlugin(plugin, this.contract);
    const { replace = false } = options;
    const next = {
      detectors: added(this.detectors, 'detector', plugin.detectors ?? [], plugin, replace),
      backends: added(this.backends, 'backend', plugin.kernels ?? [], plugin, replace),
      intermediates: added(this.intermediates, 'intermediate', plugin.intermediates ?? [], plugin, replace),
    };
    Object.assign(this, next);
    this.registered = [...this.registered.filter(other => !replace || other.name !== plugin.name), plugin];
    if (replace) this.replacements++;
  }

  detector(id: string): Detector {
    return find(this.detectors, id, 'DETECTOR_UNKNOWN').item;
  }

  /** Version of the plugin that a detector came with. */
  versionOf(detectorId: string): string {
    return find(this.detectors, detectorId, 'DETECTOR_UNKNOWN').plugin.version;
  }

  backend(id: string): KernelBackend {
    return find(this.backends, id, 'BACKEND_UNKNOWN').item;
  }

  intermediate(id: string): Intermediate {
    return find(this.intermediates, id, 'INTERMEDIATE_UNKNOWN').item;
  }

  listDetectors(): readonly Detector[] {
    return [...this.detectors.values()].map(entry => entry.item);
  }

  /** Backends, the preferred one first. */
  listBackends(): readonly KernelBackend[] {
    return [...this.backends.values()].map(entry => entry.item).sort((a, b) => b.priority - a.priority);
  }

  listIntermediates(): readonly Intermediate[] {
    return [...this.intermediates.values()].map(entry => entry.item);
  }
}

function added<T extends { readonly id: string }>(
  map: ReadonlyMap<string, Entry<T>>,
  kind: Kind,
  items: readonly T[],
  plugin: Plugin,
  replace: boolean,
): Map<string, Entry<T>> {
  const next = new Map([...map].filter(([, entry]) => !replace || entry.plugin.name !== plugin.name));
  const own = new Set<string>();
  for (const item of items) {
    const other = next.get(item.id);
    if (own.has(item.id) || (other && !replace))
      throw new SyntraceError('PLUGIN_CLASH', { kind, id: item.id, name: plugin.name, other: other?.plugin.name ?? plugin.name });
    own.add(item.id);
    next.set(item.id, { item, plugin });
  }
  return next;
}

function find<T>(map: ReadonlyMap<string, Entry<T>>, id: string, code: ErrorCode): Entry<T> {
  const entry = map.get(id);
  if (entry) return entry;
  const known = [...map.keys()];
  throw new SyntraceError(code, { id, nearest: nearestName(id, known), available: known.join(', ') || 'none' });
}
