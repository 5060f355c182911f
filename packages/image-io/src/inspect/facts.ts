import type { ImageSource, JpegInfo } from '@syntrace/core';

export type Format = Exclude<ImageSource['format'], 'raw'>;

/** What a header says, before anything is decoded. */
export interface FileFacts {
  readonly format: Format;
  readonly width: number;
  readonly height: number;
  readonly jpeg: JpegInfo | null;
  readonly stored: ImageSource['stored'];
  readonly alpha: boolean;
  readonly orientation: number;
  readonly icc: boolean;
}

/** A header that contradicts itself, ends too early or names a kind that is not read; becomes IMAGE_TRUNCATED, IMAGE_CORRUPT or IMAGE_FORMAT_UNSUPPORTED. */
export class HeaderError extends Error {
  constructor(
    readonly kind: 'truncated' | 'corrupt' | 'unsupported',
    detail: string,
  ) {
    super(detail);
  }
}
