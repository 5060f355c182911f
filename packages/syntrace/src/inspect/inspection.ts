import type { JpegInfo, Warning } from '@syntrace/core';
import type { Camera, Credential, Declaration, EarlierEncode, FileKind, Provenance, Sign } from '@syntrace/detector-provenance';
import type { FileFacts } from '@syntrace/image-io';

/** What is known about a file, as `syntrace inspect --json` prints it. */
export interface Inspection {
  readonly path: string;
  readonly bytes: number;
  readonly format: FileKind;
  /** `null` where the header does not say. */
  readonly width: number | null;
  readonly height: number | null;
  readonly stored: FileFacts['stored'] | null;
  readonly orientation: number | null;
  readonly icc: boolean | null;
  /** Last encode: quality, subsampling, and the quantisation tables in zig-zag order by number. */
  readonly jpeg: (JpegInfo & { readonly tables: Provenance['tables'] }) | null;
  /** What the decoded pixels say; `null` when they were not looked at or could not be decoded. */
  readonly pixels: PixelFacts | null;
  readonly provenance: {
    readonly declared: Declaration;
    readonly signs: readonly Sign[];
    readonly credential: Credential | null;
    readonly camera: Camera | null;
    /** Names of the metadata fields; their values may be private. */
    readonly fields: readonly string[];
  };
  readonly warnings: readonly Warning[];
}

export interface PixelFacts {
  /** The open watermark that the pixels carry most nearly; `null` for pictures that are too small or grey. */
  readonly watermark: {
    readonly message: string;
    readonly generator: string;
    /** How many of its bits were read; half of them fit by chance. */
    readonly right: number;
    readonly bits: number;
    /** Standard deviations from chance; `found` from 5 on. */
    readonly deviations: number;
    readonly found: boolean;
  } | null;
  /** A JPEG encode before the file's own that still shows; `null` where none does, which is no proof that there was none. */
  readonly earlierEncode: EarlierEncode | null;
}

/** What a declaration means, in words that promise no more than it does. */
export const DECLARED: Readonly<Record<Declaration, string>> = {
  synthetic: 'The file declares that a generative model made the picture.',
  composite: 'The file declares that parts of the picture were made or changed by a generative model.',
  capture: 'The file declares a camera or scanner as its origin. Metadata can be copied, so this alone does not make it a photograph.',
  none: 'The file declares nothing about its origin that can be relied on. Most files have lost what they declared: this is no evidence for anything.',
};
