import type { Plugin } from '@syntrace/core';

/** What `syntrace.config.ts` may say; the command line overrides it. */
export interface SyntraceConfig {
  /** Plugins, or names and paths of packages that export one. */
  readonly plugins?: readonly (Plugin | string)[];
  readonly backend?: string;
  readonly detectors?: readonly string[];
  /** Path of an ensemble's JSON, relative to the config file. */
  readonly ensemble?: string;
  readonly provider?: string;
  /** Folders of weights, relative to the config file. */
  readonly weights?: readonly string[];
  readonly concurrency?: number;
  readonly maxPixels?: number;
  readonly maxBytes?: number;
}

/** Gives types to `syntrace.config.ts`. */
export const defineConfig = (config: SyntraceConfig): SyntraceConfig => config;
