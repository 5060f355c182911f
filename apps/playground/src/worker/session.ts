import { type OpenDetector, type Plugin, probeBackends, type Syntrace } from '@syntrace/core';
import { fingerprintDetector, MATCH_ID, readLibrary } from '@syntrace/detector-noisescope';
import { createModels } from '@syntrace/model-runtime';
import { createSyntrace, type Input, importPlugin, useArtifact } from 'syntrace';
import type { Addition, BackendsReport, DetectorInfo, EngineSettings, Registered } from '../engine/protocol.js';
import { Opened } from './opened.js';
import { Remote } from './remote.js';

const AUTO: EngineSettings = { backend: 'auto', provider: 'auto', server: null };

/** The session of Syntrace in this worker, with what the user added. */
export class Session {
  private settings = AUTO;
  private made: Syntrace<Input> | undefined;
  private ownWeights = false;
  private readonly drawing = new Opened();
  /** The server that judges instead, if the user chose one. */
  remote: Remote | null = null;

  get syntrace(): Syntrace<Input> {
    this.made ??= createSyntrace({ backend: this.settings.backend, provider: this.settings.provider, models: createModels() });
    return this.made;
  }

  async configure(settings: EngineSettings, additions: readonly Addition[]): Promise<void> {
    await this.forget();
    await this.made?.close();
    this.made = undefined;
    this.settings = settings;
    this.ownWeights = false;
    this.remote = settings.server && new Remote(settings.server);
    for (const addition of additions) await this.add(addition);
  }

  async add(addition: Addition): Promise<void> {
    const { syntrace } = this;
    // What was opened may get another owner.
    await this.forget();
    switch (addition.kind) {
      case 'plugin':
        // It runs with the rights of this page; the page has asked the user.
        syntrace.use(await importPlugin(addition.address));
        return;
      case 'weights':
        useArtifact(syntrace, addition.artifact, addition.name);
        this.ownWeights = true;
        return;
      case 'fingerprints':
        syntrace.use(fingerprintPlugin(addition.name, addition.bytes), { replace: true });
    }
  }

  /** What judges: the server's detectors, or this session's own. @throws SERVER_UNREACHABLE, and what a server refuses */
  async registered(): Promise<Registered> {
    const detectors = this.remote ? await this.remote.detectors() : this.detectors();
    const ensemble = this.syntrace.defaultEnsemble();
    const judges = new Set(detectors.map(({ id }) => id));
    // The shipped ensemble was fitted for the shipped weights.
    return { detectors, ensemble: ensemble?.members.every(({ id }) => judges.has(id)) && !this.ownWeights ? ensemble : null };
  }

  private detectors(): readonly DetectorInfo[] {
    const { registry } = this.syntrace;
    const pluginOf = (id: string) => registry.plugins.find(plugin => plugin.detectors?.some(each => each.id === id))?.name ?? '';
    return registry.listDetectors().map(({ id, description, unit, restsOn = 'pixels', byDefault = true, importable }) => ({
      id,
      version: registry.versionOf(id),
      plugin: pluginOf(id),
      description,
      unit,
      restsOn,
      byDefault,
      importable: importable !== undefined,
    }));
  }

  /** The detector, open, for its drawings. @throws what opening it throws */
  opened(id: string): Promise<OpenDetector> {
    return this.drawing.get(id, async () => this.syntrace.registry.detector(id).open(await this.syntrace.context()));
  }

  /** After a trap tensors are gone: what is open for drawing is opened anew. */
  forget(): Promise<void> {
    return this.drawing.close();
  }

  async backends(): Promise<BackendsReport> {
    const { syntrace } = this;
    const cores = navigator.hardwareConcurrency;
    return {
      inUse: (await syntrace.kernels()).backend,
      backends: await probeBackends(syntrace.registry, { threads: cores }),
      providers: (await syntrace.models()?.providers()) ?? [],
      isolated: crossOriginIsolated,
      cores,
    };
  }
}

const fingerprintPlugin = (name: string, bytes: Uint8Array): Plugin => ({
  name: MATCH_ID,
  version: '1.0.0',
  contract: 1,
  detectors: [fingerprintDetector(readLibrary(bytes, name))],
});
