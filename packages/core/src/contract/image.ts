/** What a JPEG file says about its own coding. */
export interface JpegInfo {
  /** IJG quality 1…100 whose tables come nearest to the file's luma table. */
  readonly quality: number;
  /** False when the tables are not a scaled IJG table, so `quality` is an estimate. */
  readonly standardTables: boolean;
  readonly subsampling: string;
  readonly progressive: boolean;
}

/** A step that changed, or a fact that limits, what the detector sees. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** Where an image came from and how it was read. */
export interface ImageSource {
  /** The path, URL or name the user gave. */
  readonly uri: string;
  readonly format: 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' | 'raw';
  /** Bytes of the encoded file; 0 for raw pixels. */
  readonly bytes: number;
  /** Decoder that made the pixels, e.g. `libjpeg-turbo (sharp 0.35)`. */
  readonly decoder: string;
  readonly jpeg: JpegInfo | null;
  /** What the file stores, before the steps in `Image.warnings`. */
  readonly stored: { readonly channels: number; readonly bitDepth: number; readonly frames: number; readonly colour: 'grey' | 'rgb' | 'palette' | 'cmyk' };
  /** EXIF orientation 1…8; applied for display only. */
  readonly orientation: number;
  readonly icc: boolean;
  /** The encoded file where a detector of the run requires it (`requires.encodedBytes`); `null` otherwise, and for pixels that never were a file. */
  readonly encoded: Uint8Array | null;
}

/** Decoded pixels as stored in the file: interleaved 8-bit samples, no colour management, no orientation, no resize. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** `height · width · channels` samples, row-major. */
  readonly data: Uint8Array;
  readonly source: ImageSource;
  readonly warnings: readonly Warning[];
}
