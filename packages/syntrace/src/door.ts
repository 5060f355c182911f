import { type DetectOptions, type EnsembleSpec, type Host, type Judgement, type Plugin, Syntrace } from '@syntrace/core';

/** Options of {@link Door.createSyntrace}; everything has a default. */
export interface CreateOptions {
  /** Added to the default plugins; they may replace none of their ids. */
  readonly plugins?: readonly Plugin[];
  /** Leave the default detectors out and take only `plugins`. The default kernel backends stay. */
  readonly bare?: boolean;
  /** `auto` (default), `cuda`, `native`, `wasm`, or the id of a backend that a plugin offers. */
  readonly backend?: string;
  /** Execution provider of models: `auto` (default), `cpu`, `cuda`; in a browser `webgpu`, `wasm`. Honoured or refused. */
  readonly provider?: string;
  /** What judges when nothing is named; `null`: equal weights over all that judge by default. Default: the shipped ensemble, but not with `bare`. */
  readonly ensemble?: EnsembleSpec | null;
  /** Threads for kernels and models, and decodes at one time. Default: the machine's cores. */
  readonly concurrency?: number;
}

/** What both entry points of this package offer. */
export interface Door<Source, HostOptions> {
  /** A Syntrace object with the default plugins. Close it when done. */
  createSyntrace(options?: CreateOptions & Partial<HostOptions>): Syntrace<Source>;
  /** Judges one picture with the default plugins. The kernels and weights it opens stay open for the next call. */
  detect(source: Source, options?: DetectOptions): Promise<Judgement>;
}

export function makeDoor<Source, HostOptions>(
  backends: readonly Plugin[],
  detectors: readonly Plugin[],
  hostOf: (options: Partial<HostOptions>) => Host<Source>,
  shipped: EnsembleSpec | null = null,
): Door<Source, HostOptions> {
  let shared: Syntrace<Source> | undefined;
  const createSyntrace = (options: CreateOptions & Partial<HostOptions> = {}): Syntrace<Source> => {
    const { ensemble = options.bare ? null : shipped } = options;
    return new Syntrace<Source>({
      host: hostOf(options),
      plugins: [...backends, ...(options.bare ? [] : detectors), ...(options.plugins ?? [])],
      ...(ensemble && { ensemble }),
      ...(options.backend !== undefined && { backend: options.backend }),
      ...(options.provider !== undefined && { provider: options.provider }),
      ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
    });
  };
  return {
    createSyntrace,
    async detect(source, options) {
      shared ??= createSyntrace();
      return shared.detect(source, options);
    },
  };
}
