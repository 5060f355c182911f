import manifest from '../package.json' with { type: 'json' };
import type { Detector, DetectorContext, RunProgress } from './contract/detector.js';
import type { Kernels } from './contract/kernels.js';
import type { ModelRuntime } from './contract/models.js';
import type { Plugin } from './contract/plugin.js';
import { ensembleDetector } from './ensemble/detector.js';
import { type EnsembleSpec, equalEnsemble } from './ensemble/spec.js';
import { SyntraceError } from './errors.js';
import { standardPlugin } from './intermediates/standard.js';
import { type BackendReport, openBackend } from './registry/open-backend.js';
import { Registry } from './registry/registry.js';
import { throwIfAborted } from './run/abort.js';
import { type CollectionOutcome, judgeCollection } from './run/collection.js';
import type { Host } from './run/host.js';
import { closeMembers, type Member, openMember } from './run/member.js';
import type { Judgement, Outcome, RunEvent } from './run/outcome.js';
import { orThrow, runPipeline } from './run/pipeline.js';
import { BatchRun } from './run/run.js';

export interface SyntraceOptions<Source> {
  readonly host: Host<Source>;
  readonly plugins: readonly Plugin[];
  /** `auto`, or a backend's id. Default `auto`. */
  readonly backend?: string;
  /** Execution provider of models: `auto` (default), or a provider's id. */
  readonly provider?: string;
  /** Threads for kernels and models, and decodes at one time. Default: the machine's cores. */
  readonly concurrency?: number;
  /** What judges when nothing is named, if all that judge by default are in it. Default: equal weights over those. */
  readonly ensemble?: EnsembleSpec;
}

export interface DetectOptions {
  /** Ids of detectors; several make an equal-weight ensemble. Default: all that judge single images, but those that judge only when named. */
  readonly detectors?: readonly string[];
  /** Takes the place of `detectors`. */
  readonly ensemble?: EnsembleSpec;
  readonly explain?: boolean;
  /** Longer side of a small copy of each picture on the judgement. */
  readonly thumbnail?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** Images judged at once. Default 8. */
  readonly batch?: number;
}

interface Chosen {
  readonly key: string;
  readonly detector: Detector;
  readonly version: string;
}

const DEFAULT_BATCH = 8;
const DECODED_BYTES = 512 * 1024 * 1024;

/** The object that an app holds: plugins, one kernel backend, and the detectors opened so far. Close it when done. */
export class Syntrace<Source> {
  readonly registry = new Registry();
  /** Open detectors by registry revision and id. */
  private readonly members = new Map<string, Promise<Member>>();
  private backend: Promise<{ kernels: Kernels; reports: readonly BackendReport[] }> | undefined;
  private modelRuntime: ModelRuntime | undefined;
  private readonly concurrency: number;

  constructor(private readonly options: SyntraceOptions<Source>) {
    this.concurrency = wholeNumber('concurrency', options.concurrency ?? Math.max(1, Math.floor(options.host.cores)));
    this.use(standardPlugin(manifest.version));
    for (const plugin of options.plugins) this.use(plugin);
  }

  /** Registers a plugin at run time. @throws PLUGIN_INVALID, PLUGIN_CONTRACT, PLUGIN_CLASH */
  use(plugin: Plugin, options?: { readonly replace?: boolean }): this {
    this.registry.use(plugin, options);
    return this;
  }

  /** The kernels in use, opened on first need. @throws BACKEND_UNKNOWN, BACKEND_UNAVAILABLE, BACKEND_SELF_TEST */
  async kernels(): Promise<Kernels> {
    return (await this.openedBackend()).kernels;
  }

  /** Which backends were looked at, and why each was or was not taken. */
  async backendReports(): Promise<readonly BackendReport[]> {
    return (await this.openedBackend()).reports;
  }

  /** Judges one image. @throws the typed error if it cannot be judged */
  async detect(source: Source, options: DetectOptions = {}): Promise<Judgement> {
    for await (const outcome of this.detectAll([source], options)) return orThrow(outcome);
    throw new SyntraceError('ABORTED');
  }

  /** Judges many images as a stream, in input order; a failure is an outcome, not an exception. Memory is bounded whatever the number of sources.
   *  @throws ABORTED, and whatever opening backend or detectors throws */
  async *detectAll(sources: AsyncIterable<Source> | Iterable<Source>, options: DetectOptions = {}): AsyncGenerator<Outcome> {
    const chosen = this.chosen(options);
    const batch = wholeNumber('batch', options.batch ?? DEFAULT_BATCH);
    if (options.thumbnail !== undefined) wholeNumber('thumbnail', options.thumbnail);
    const signal = options.signal ?? new AbortController().signal;
    throwIfAborted(signal);
    await this.member(chosen);
    const kernels = await this.kernels();
    const parts = {
      host: this.options.host,
      member: () => this.member(chosen),
      newRun: (runSignal: AbortSignal) => new BatchRun(this.registry, kernels, this.options.host.logger, runSignal),
      recover: (used: Member) => this.forgetAll(chosen.key, used),
    };
    const keepEncoded = chosen.detector.requires.encodedBytes ?? false;
    const limits = { window: Math.max(2 * batch, 2 * this.concurrency), parallel: this.concurrency + 1, bytes: DECODED_BYTES, keepEncoded };
    yield* runPipeline(sources, parts, { ...options, batch, limits, signal });
  }

  /** Judges a collection as a whole with a collection detector; pictures that cannot be decoded or judged come back as failures beside the finding.
   *  @throws ABORTED, DETECTOR_FAILED, USAGE, and whatever opening backend or detector throws */
  async detectCollection(
    sources: AsyncIterable<Source> | Iterable<Source>,
    detectorId: string,
    options: Pick<DetectOptions, 'signal' | 'onEvent'> = {},
  ): Promise<CollectionOutcome> {
    const chosen = this.registered(detectorId);
    if (chosen.detector.unit !== 'collection') throw new SyntraceError('USAGE', { detail: `detector ${detectorId} judges single images` });
    const { signal = new AbortController().signal, onEvent = () => {} } = options;
    throwIfAborted(signal);
    const member = await this.member(chosen);
    const keepEncoded = chosen.detector.requires.encodedBytes ?? false;
    const limits = { window: 4 * this.concurrency, parallel: this.concurrency + 1, bytes: DECODED_BYTES, keepEncoded };
    const run = await this.newRun(signal, progress => onEvent({ type: 'collection-progress', ...progress }));
    try {
      return await judgeCollection(sources, { host: this.options.host, limits, onEvent }, member, run);
    } catch (error) {
      if (SyntraceError.is(error, 'KERNEL_TRAP')) await this.forgetAll(chosen.key, member);
      throw error;
    } finally {
      await run.end();
    }
  }

  /** Ids of the detectors that judge when none is named. */
  defaultDetectors(): readonly string[] {
    return this.defaultEnsemble()?.members.map(({ id }) => id) ?? this.byDefault();
  }

  /** The ensemble that judges when nothing is named: the session's own, or one of equal weights; nothing where a single detector does. */
  defaultEnsemble(): EnsembleSpec | null {
    const ids = this.byDefault();
    const { ensemble } = this.options;
    if (ensemble && ids.every(id => ensemble.members.some(member => member.id === id))) return ensemble;
    return ids.length > 1 ? equalEnsemble(ids, this.registry) : null;
  }

  /** The context that a detector gets, also for training. */
  async context(signal: AbortSignal = new AbortController().signal): Promise<DetectorContext> {
    const { loadAsset, decodeEmbedded, logger, learners } = this.options.host;
    const models = this.models();
    return {
      kernels: await this.kernels(),
      loadAsset,
      logger,
      signal,
      ...(decodeEmbedded && { decodeEmbedded }),
      ...(models && { models }),
      ...(learners && { learners }),
    };
  }

  /** What runs models; nothing where the host has none. */
  models(): ModelRuntime | undefined {
    this.modelRuntime ??= this.options.host.models?.({ threads: this.concurrency, provider: this.options.provider ?? 'auto' });
    return this.modelRuntime;
  }

  /** A run of one's own, e.g. for training and statistics; end it when done. */
  async newRun(signal: AbortSignal = new AbortController().signal, progress?: (progress: RunProgress) => void): Promise<BatchRun> {
    return new BatchRun(this.registry, await this.kernels(), this.options.host.logger, signal, progress);
  }

  async close(): Promise<void> {
    const members = await Promise.allSettled(this.members.values());
    this.members.clear();
    await closeMembers(members.flatMap(member => (member.status === 'fulfilled' ? [member.value] : [])));
    const backend = await this.backend?.catch(() => undefined);
    this.backend = undefined;
    await backend?.kernels.close();
    await this.modelRuntime?.close();
    this.modelRuntime = undefined;
  }

  private openedBackend() {
    if (this.backend) return this.backend;
    const opened = openBackend(this.registry, this.options.backend ?? 'auto', { threads: this.concurrency });
    this.backend = opened;
    // A plugin that is registered later may bring the backend that was missing.
    opened.catch(() => {
      if (this.backend === opened) this.backend = undefined;
    });
    return opened;
  }

  private byDefault(): readonly string[] {
    return this.registry.listDetectors().flatMap(({ id, unit, byDefault = true }) => (unit === 'image' && byDefault ? [id] : []));
  }

  private chosen({ detectors, ensemble }: DetectOptions): Chosen {
    const spec = ensemble ?? (detectors ? null : this.defaultEnsemble());
    if (spec) return this.ensemble(spec);
    const ids = detectors ? [...new Set(detectors)] : this.byDefault();
    if (ids.length === 0) throw new SyntraceError('DETECTOR_UNKNOWN', { id: '(default)', nearest: '', available: 'none' });
    return ids.length === 1 ? this.registered(ids[0]!) : this.ensemble(equalEnsemble(ids, this.registry));
  }

  private registered(id: string): Chosen {
    return { key: `${this.registry.revision} ${id}`, detector: this.registry.detector(id), version: this.registry.versionOf(id) };
  }

  private ensemble(spec: EnsembleSpec): Chosen {
    return { key: `${this.registry.revision} ${JSON.stringify(spec)}`, detector: ensembleDetector(spec, this.registry), version: '1.0.0' };
  }

  /** Opens once; stays open until the session closes. */
  private member({ key, detector, version }: Chosen): Promise<Member> {
    const known = this.members.get(key);
    if (known) return known;
    const opened = this.context().then(context => openMember(detector, version, context));
    this.members.set(key, opened);
    opened.catch(() => this.members.get(key) === opened && this.members.delete(key));
    return opened;
  }

  /** After a trap the tensors of every detector are gone, so each is opened again on its next use; unless another run saw to it already. */
  private async forgetAll(key: string, used: Member): Promise<void> {
    const known = this.members.get(key);
    if ((await known) !== used || this.members.get(key) !== known) return;
    const stale = [...this.members.values()];
    this.members.clear();
    const opened = await Promise.allSettled(stale);
    await closeMembers(opened.flatMap(member => (member.status === 'fulfilled' ? [member.value] : [])));
  }
}

function wholeNumber(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new SyntraceError('USAGE', { detail: `${name}: expected a whole number of at least 1, received ${value}` });
  return value;
}
