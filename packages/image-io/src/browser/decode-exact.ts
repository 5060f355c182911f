import { messageOf, SyntraceError } from '@syntrace/core';
import { type FileFacts, HeaderError } from '../inspect/facts.js';
import { typedError } from '../inspect/inspect.js';
import type { ExtraCodec } from '../options.js';
import { type Samples, samplesOf } from '../shared/assemble.js';
import { asStoredAvif } from '../shared/avif-as-stored.js';
import { judgeJpegWarning } from '../shared/jpeg-warnings.js';
import type { Picture } from '../shared/picture.js';
import { DecoderUnavailable } from './decoder-unavailable.js';

type Decode = (bytes: Uint8Array, facts: FileFacts) => Picture | Promise<Picture>;

interface Codec {
  readonly name: string;
  load(): Promise<Decode>;
}

/** Each codec is a chunk of its own, loaded when the first such file comes. */
const CODECS: Readonly<Record<Exclude<FileFacts['format'], 'avif'> | 'cmykJpeg', Codec>> = {
  jpeg: { name: 'libjpeg-turbo (@jsquash/jpeg 1.6)', load: async () => (await import('./codec-jpeg.js')).decodeJpeg },
  cmykJpeg: { name: 'libjpeg-turbo (@jsquash/jpeg 1.6)', load: async () => (await import('./codec-cmyk-jpeg.js')).decodeCmykJpeg },
  png: { name: 'png (@jsquash/png 3.1)', load: async () => (await import('./codec-png.js')).decodePng },
  webp: { name: 'libwebp (@jsquash/webp 1.5)', load: async () => (await import('./codec-webp.js')).decodeWebp },
  gif: { name: 'omggif 1.0', load: async () => (await import('../shared/codec-gif.js')).decodeGif },
  tiff: { name: 'tiff 0.11', load: async () => (await import('./codec-tiff.js')).decodeTiff },
};

/** The samples that Node's codecs give.
 *  @throws IMAGE_FORMAT_UNSUPPORTED, IMAGE_TRUNCATED, IMAGE_CORRUPT, IMAGE_DECODER_UNAVAILABLE */
export async function decodeExact(bytes: Uint8Array, facts: FileFacts, uri: string, extra: readonly ExtraCodec[] = []): Promise<Samples> {
  const codec = codecFor(facts, extra) ?? refuse(facts, uri);
  try {
    const decode = await codec.load().catch(error => {
      throw new DecoderUnavailable(error);
    });
    return samplesOf(await decode(bytes, facts), facts, codec.name);
  } catch (error) {
    if (error instanceof HeaderError) throw error.kind === 'unsupported' ? onlyInNode(error.message, uri) : typedError(error, uri);
    const detail = messageOf(error).replace(/\s+/g, ' ').trim();
    if (error instanceof DecoderUnavailable) throw new SyntraceError('IMAGE_DECODER_UNAVAILABLE', { uri, detail }, error);
    const cut = facts.format === 'jpeg' && judgeJpegWarning(detail) === 'truncated';
    throw new SyntraceError(cut ? 'IMAGE_TRUNCATED' : 'IMAGE_CORRUPT', { uri, detail }, error);
  }
}

function codecFor({ format, stored }: FileFacts, extra: readonly ExtraCodec[]): Codec | undefined {
  if (format === 'jpeg' && stored.colour === 'cmyk') return CODECS.cmykJpeg;
  if (format !== 'avif') return CODECS[format];
  const avif = extra.find(codec => codec.format === 'avif');
  // Its build counts in 8 bits and rounds, where Node cuts.
  if (!avif || stored.bitDepth > 8) return undefined;
  const load = async () => {
    const decode = await avif.load();
    return (bytes: Uint8Array) => decode(asStoredAvif(bytes));
  };
  return { name: avif.name, load };
}

function refuse({ stored }: FileFacts, uri: string): never {
  if (stored.bitDepth > 8) throw onlyInNode(`AVIF of ${stored.bitDepth} bits`, uri);
  throw onlyInNode(
    'AVIF',
    uri,
    " In a browser `codecs: [avifCodec(…)]` of @syntrace/image-io/avif reads it; `decoder: 'fast'` takes the browser's own decoder.",
  );
}

const onlyInNode = (format: string, uri: string, others = ''): SyntraceError =>
  new SyntraceError('IMAGE_FORMAT_UNSUPPORTED', {
    uri,
    format,
    platform: 'the browser build',
    remedy: `Decode it in Node, or convert it without loss to PNG first.${others}`,
  });
