import type { DecodeEmbedded, Learners, LoadAsset, Logger } from '../contract/detector.js';
import type { Image } from '../contract/image.js';
import type { ModelRuntime, ModelRuntimeOptions } from '../contract/models.js';

/** What Syntrace needs of the platform; `@syntrace/image-io` and the door `syntrace` provide it for Node and for browsers. */
export interface Host<Source> {
  /** Bytes to pixels. `keepEncoded`: a detector of the run wants the file's bytes on `source.encoded`. Rejects with a typed IMAGE_ error. */
  decode(source: Source, options: { readonly signal: AbortSignal; readonly keepEncoded: boolean }): Promise<Image>;
  /** What the user calls this source, for results and errors. */
  nameOf(source: Source): string;
  readonly loadAsset: LoadAsset;
  /** For detectors that look at pictures inside a file; refuses those above 4 megapixels. Absent: they do without. */
  readonly decodeEmbedded?: DecodeEmbedded;
  readonly logger: Logger;
  readonly learners?: Learners;
  /** Makes what runs models, on first need; it must load nothing before a model is opened. */
  readonly models?: (options: ModelRuntimeOptions) => ModelRuntime;
  /** Cores that the machine offers. */
  readonly cores: number;
}
