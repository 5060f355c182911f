import { SyntraceError } from '@syntrace/core';
import { inspectAvif } from './avif.js';
import { type FileFacts, type Format, HeaderError } from './facts.js';
import { inspectGif } from './gif.js';
import { inspectJpeg } from './jpeg.js';
import { inspectPng } from './png.js';
import { sniff } from './sniff.js';
import { inspectTiff } from './tiff.js';
import { inspectWebp } from './webp.js';

const INSPECTORS: Record<Format, (bytes: Uint8Array) => FileFacts> = {
  jpeg: inspectJpeg,
  png: inspectPng,
  webp: inspectWebp,
  gif: inspectGif,
  tiff: inspectTiff,
  avif: inspectAvif,
};

/** Format and header facts, without decoding. O(header), O(blocks) for GIF and WebP.
 *  @throws IMAGE_EMPTY, IMAGE_FORMAT_UNKNOWN, IMAGE_FORMAT_UNSUPPORTED, IMAGE_TRUNCATED, IMAGE_CORRUPT */
export function inspectImage(bytes: Uint8Array, uri: string): FileFacts {
  if (bytes.length === 0) throw new SyntraceError('IMAGE_EMPTY', { uri });
  const kind = sniff(bytes, uri);
  if ('unknown' in kind) throw new SyntraceError('IMAGE_FORMAT_UNKNOWN', { uri, detail: kind.unknown });
  if ('unsupported' in kind) throw unsupported(uri, kind.unsupported);
  try {
    const facts = INSPECTORS[kind.format](bytes);
    if (facts.width === 0 || facts.height === 0) throw new HeaderError('corrupt', `its header says ${facts.width}×${facts.height}`);
    return facts;
  } catch (error) {
    throw error instanceof HeaderError ? typedError(error, uri) : error;
  }
}

/** What a finding about a file's structure is called outside. */
export function typedError(error: HeaderError, uri: string): SyntraceError {
  if (error.kind === 'unsupported') return unsupported(uri, error.message);
  return new SyntraceError(error.kind === 'truncated' ? 'IMAGE_TRUNCATED' : 'IMAGE_CORRUPT', { uri, detail: error.message }, error);
}

function unsupported(uri: string, format: string): SyntraceError {
  const remedy = 'Convert it without loss (to PNG or TIFF), or give the original JPEG, PNG or WebP.';
  return new SyntraceError('IMAGE_FORMAT_UNSUPPORTED', { uri, format, platform: 'Syntrace', remedy });
}

/** Refuses a picture whose header exceeds the limit, before it is decoded. @throws IMAGE_TOO_LARGE */
export function checkPixels({ width, height }: FileFacts, maxPixels: number, uri: string): void {
  if (width * height > maxPixels) throw new SyntraceError('IMAGE_TOO_LARGE', { uri, detail: `${width}×${height} is more than ${maxPixels} pixels` });
}
