import type { Place } from '../file/parts.js';

/** What a file says that its picture is. `composite`: parts of it come from a model. `capture`: a camera's. */
export type Declaration = 'synthetic' | 'composite' | 'capture' | 'none';

/** Whether somebody vouches for a sign; `null`: nobody can, as for plain metadata. */
export type Verified = 'valid' | 'invalid' | 'untrusted' | null;

/** How a picture was made, as far as its metadata says; all of it is hearsay. */
export interface Details {
  readonly model?: string;
  readonly seed?: string;
  readonly sampler?: string;
  readonly steps?: string;
  readonly version?: string;
  /** Only when asked for: prompts are private. */
  readonly prompt?: string;
}

/** One thing that a file says about its origin. */
export interface Sign {
  /** Entry of the data file, or `c2pa`, `watermark-…`. */
  readonly id: string;
  readonly kind: 'c2pa' | 'digital-source-type' | 'aigc-label' | 'generator-metadata' | 'comfyui-workflow' | 'creator-tool' | 'credit' | 'watermark';
  /** Program or model that it names. */
  readonly generator: string | null;
  readonly verified: Verified;
  readonly declares: Declaration;
  /** Log-odds that it gives to `synthetic`, set by hand; 0 where it declares nothing. */
  readonly weight: number;
  /** Where it stood. */
  readonly place: Place | 'manifest' | 'pixels';
  /** One sentence for people. */
  readonly statement: string;
  readonly details: Details;
}
