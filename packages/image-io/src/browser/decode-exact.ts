import { messageOf, SyntraceError } from '@syntrace/core';
import type { FileFacts } from '../inspect/facts.js';
import type { Samples } from '../shared/assemble.js';
import { judgeJpegWarning } from '../shared/jpeg-warnings.js';
import { packChannels, type Raster } from '../shared/raster.js';

interface Codec {
  readonly name: string;
  decode(bytes: Uint8Array, facts: FileFacts): Promise<Raster>;
}

/** Each codec is a chunk of its own, loaded when the first such file comes. */
const CODECS: Partial<Record<FileFacts['format'], Codec>> = {
  jpeg: { name: 'libjpeg-turbo (@jsquash/jpeg 1.6)', decode: async bytes => (await import('./codec-jpeg.js')).decodeJpeg(bytes) },
  png: { name: 'png (@jsquash/png 3.1)', decode: async (bytes, { stored }) => (await import('./codec-png.js')).decodePng(bytes, stored.bitDepth) },
  webp: { name: 'libwebp (@jsquash/webp 1.5)', decode: async bytes => (await import('./codec-webp.js')).decodeWebp(bytes) },
};

/** The samples by the same codecs as in Node. @throws IMAGE_FORMAT_UNSUPPORTED, IMAGE_TRUNCATED, IMAGE_CORRUPT */
export async function decodeExact(bytes: Uint8Array, facts: FileFacts, uri: string): Promise<Samples> {
  const codec = facts.format === 'gif' ? undefined : codecFor(facts, uri);
  try {
    if (!codec) return (await import('../shared/codec-gif.js')).decodeGif(bytes);
    const { width, height, rgba } = await codec.decode(bytes, facts);
    if (width !== facts.width || height !== facts.height) throw new Error(`its header says ${facts.width}×${facts.height}, it holds ${width}×${height}`);
    const channels = facts.stored.colour === 'grey' ? 1 : 3;
    return { width, height, channels, data: packChannels(rgba, channels), decoder: codec.name };
  } catch (error) {
    const detail = messageOf(error).replace(/\s+/g, ' ').trim();
    const cut = facts.format === 'jpeg' && judgeJpegWarning(detail) === 'truncated';
    throw new SyntraceError(cut ? 'IMAGE_TRUNCATED' : 'IMAGE_CORRUPT', { uri, detail }, error);
  }
}

function codecFor({ format, stored }: FileFacts, uri: string): Codec {
  const codec = CODECS[format];
  if (codec && stored.colour !== 'cmyk') return codec;
  const [name, other] = codec
    ? ['a CMYK JPEG', '']
    : [format.toUpperCase(), format === 'avif' ? " The browser's own decoder is used with `decoder: 'fast'`." : ''];
  const remedy = `Decode it in Node, or convert it without loss to PNG first.${other}`;
  throw new SyntraceError('IMAGE_FORMAT_UNSUPPORTED', { uri, format: name!, platform: 'the browser build', remedy });
}
