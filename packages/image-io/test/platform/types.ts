/** What a fixture's entry in manifest.json says. */
export interface ImageFixture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly sha256?: string;
  /** A picture with the same samples: the file differs in how a viewer turns it. */
  readonly sameAs?: string;
  /** Of each channel, where decoders may differ (AVIF). */
  readonly means?: readonly number[];
  readonly format: string;
  readonly stored: { readonly channels: number; readonly bitDepth: number; readonly frames: number; readonly colour: string };
  readonly orientation: number;
  readonly icc: boolean;
  readonly warnings: readonly string[];
  /** Read by Node only. */
  readonly needsNode?: boolean;
  readonly jpeg?: Readonly<Record<string, unknown>>;
}

export interface RefusedFixture {
  readonly code: string;
  readonly orElse?: readonly string[];
  /** Words of the message. */
  readonly says?: string;
}

export interface Manifest {
  readonly images: Readonly<Record<string, ImageFixture>>;
  readonly refused: Readonly<Record<string, RefusedFixture>>;
}

/** What vitest.config.ts hands to the tests in a page. */
export interface ProvidedFixtures {
  readonly manifest: Manifest;
  readonly images: string[];
  readonly refused: string[];
}

declare module 'vitest' {
  interface ProvidedContext {
    fixtures: ProvidedFixtures;
  }
}
