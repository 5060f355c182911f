import type { CollectionFinding, Detector, DetectorContext, OpenCollectionDetector, Score } from './contract/detector.js';
import type { Image } from './contract/image.js';
import type { Kernels } from './contract/kernels.js';
import type { Plugin } from './contract/plugin.js';
import { ensembleDetector } from './ensemble/detector.js';
import { type EnsembleSpec, equalEnsemble } from './ensemble/spec.js';
import { SyntraceError } from './errors.js';
import { type BackendReport, openBackend } from './registry/open-backend.js';
import { Registry } from './registry/registry.js';
import { decodeAll } from './run/collection.js';
import type { Host } from './run/host.js';
import { type Member, openMember } from './run/member.js';
import type { Failure, Judgement, Outcome, RunEvent } from './run/outcome.js';
import { orThrow, runPipeline } from './run/pipeline.js';
import { BatchRun } from './run/run.js';

export interface SyntraceOptions<Source> {
  readonly host: Host<Source>;
  readonly plugins: readonly Plugin[];
  /** `auto`, or a backend's id. Default `auto`. */
  readonly backend?: string;
  /** Threads for kernels and decodes at one time. Default: the machine's cores. */
  readonly concurrency?: number;
}

export interface DetectOptions {
  /** Ids of detectors; several make an equal-weight ensemble. Default: all that judge single images. */
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
  private readonly members = new Map<string, Promise<Member>>();
  private backend: Promise<{ kernels: Kernels; reports: readonly BackendReport[] }> | undefined;
  private readonly concurrency: number;

  constructor(private readonly options: SyntraceOptions<Source>) {
    this.concurrency = Math.max(1, Math.floor(options.concurrency ?? options.host.cores));
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
    const signal = options.signal ?? new AbortController().signal;
    let member = await this.member(chosen);
    const kernels = await this.kernels();
    const parts = {
      host: this.options.host,
      member: () => member,
      newRun: (runSignal: AbortSignal) => new BatchRun(this.registry, kernels, this.options.host.logger, runSignal),
      recover: async () => {
        await this.forget(chosen.key);
        member = await this.member(chosen);
      },
    };
    const batch = options.batch ?? DEFAULT_BATCH;
    const limits = { window: Math.max(2 * batch, 2 * this.concurrency), parallel: this.concurrency + 1, bytes: DECODED_BYTES };
    yield* runPipeline(sources, parts, { ...options, batch, limits, signal });
  }

  /** Judges a collection as a whole with a collection detector; pictures that cannot be decoded come back as failures beside the finding. */
  async detectCollection(
    sources: AsyncIterable<Source> | Iterable<Source>,
    detectorId: string,
    options: Pick<DetectOptions, 'signal' | 'onEvent'> = {},
  ): Promise<{ scores: readonly { readonly index: number; readonly uri: string; readonly score: Score }[]; failures: readonly Failure[]; finding: CollectionFinding }> {
    const chosen = this.registered(detectorId);
    if (chosen.detector.unit !== 'collection') throw new SyntraceError('USAGE', { detail: `detector ${detectorId} judges single images` });
    const signal = options.signal ?? new AbortController().signal;
    const member = await this.member(chosen);
    const kept: { index: number; uri: string }[] = [];
    const failures: Failure[] = [];
    const limits = { window: 4 * this.concurrency, parallel: this.concurrency + 1, bytes: DECODED_BYTES };
    const images = decodeAll(sources, this.options.host, limits, signal, options.onEvent ?? (() => {}), kept, failures);
    const run = new BatchRun(this.registry, await this.kernels(), this.options.host.logger, signal);
    try {
      const { scores, finding } = await (member.open as OpenCollectionDetector).detectCollection(images as AsyncIterable<Image>, run);
      return { scores: scores.map((score, i) => ({ ...kept[i]!, score })), failures, finding };
    } finally {
      await run.end();
    }
  }

  /** The context that a detector gets, also for training. */
  async context(signal: AbortSignal = new AbortController().signal): Promise<DetectorContext> {
    const { loadAsset, logger, learners } = this.options.host;
    return { kernels: await this.kernels(), loadAsset, logger, signal, ...(learners && { learners }) };
  }

  /** A run of one's own, e.g. for training and statistics; end it when done. */
  async newRun(signal: AbortSignal = new AbortController().signal): Promise<BatchRun> {
    return new BatchRun(this.registry, await this.kernels(), this.options.host.logger, signal);
  }

  async close(): Promise<void> {
    const members = await Promise.allSettled(this.members.values());
    this.members.clear();
    await Promise.allSettled(members.map(member => (member.status === 'fulfilled' ? member.value.open.close() : undefined)));
    const backend = await this.backend?.catch(() => undefined);
    this.backend = undefined;
    await backend?.kernels.close();
  }

  private openedBackend() {
    this.backend ??= openBackend(this.registry, this.options.backend ?? 'auto', { threads: this.concurrency });
    return this.backend;
  }

  private chosen({ detectors, ensemble }: DetectOptions): Chosen {
    if (ensemble) return this.ensemble(ensemble);
    const ids = detectors ?? this.registry.listDetectors().flatMap(detector => (detector.unit === 'image' ? [detector.id] : []));
    if (ids.length === 0) throw new SyntraceError('DETECTOR_UNKNOWN', { id: '(default)', nearest: '', available: 'none' });
    return ids.length === 1 ? this.registered(ids[0]!) : this.ensemble(equalEnsemble(ids));
  }

  private registered(id: string): Chosen {
    return { key: id, detector: this.registry.detector(id), version: this.registry.versionOf(id) };
  }

  private ensemble(spec: EnsembleSpec): Chosen {
    return { key: JSON.stringify(spec), detector: ensembleDetector(spec, this.registry), version: '1.0.0' };
  }

  /** Opens once; stays open until the session closes. */
  private member({ key, detector, version }: Chosen): Promise<Member> {
    const known = this.members.get(key);
    if (known) return known;
    const opened = this.context().then(context => openMember(detector, version, context));
    this.members.set(key, opened);
    opened.catch(() => this.members.delete(key));
    return opened;
  }

  private async forget(key: string): Promise<void> {
    const member = await this.members.get(key)?.catch(() => undefined);
    this.members.delete(key);
    await member?.open.close().catch(() => {});
  }
}
