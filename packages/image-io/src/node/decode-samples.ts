import { messageOf, SyntraceError } from '@syntrace/core';
import sharp, { type RawOptions, type Sharp, type SharpOptions } from 'sharp';
import type { FileFacts } from '../inspect/facts.js';
import type { Samples } from '../shared/assemble.js';
import { cmykToRgb } from '../shared/cmyk.js';
import { judgeJpegWarning } from '../shared/jpeg-warnings.js';
import { upperBytes } from '../shared/upper-bytes.js';
import type { EncodedFile } from '../source/read-common.js';
import { Turns } from './turns.js';

const CODECS = { jpeg: 'libjpeg-turbo', png: 'libpng', webp: 'libwebp', gif: 'omggif', tiff: 'libtiff', avif: 'libheif' } as const;
const TRUNCATED = /premature end|truncat|not enough data|unexpected end|\bEOF\b|too short|out of data|end of stream|incomplete/i;

// Decodes of different pictures overlap; one picture needs no threads, and nothing is decoded twice.
sharp.cache(false);
sharp.concurrency(1);

const turns = new Turns();

type FailOn = NonNullable<SharpOptions['failOn']>;

/** @throws IMAGE_TRUNCATED, IMAGE_CORRUPT */
export async function decodeSamples({ bytes, uri }: EncodedFile, facts: FileFacts, maxPixels: number): Promise<Samples> {
  if (facts.format === 'gif') {
    const { decodeGif } = await import('../shared/codec-gif.js');
    return inTypedErrors(() => decodeGif(bytes), uri);
  }
  const attempt = (failOn: FailOn) => read(bytes, facts, maxPixels, failOn);
  // libjpeg only warns where it paints missing data grey; other libraries' warnings are about metadata.
  const strict = facts.format === 'jpeg' ? 'warning' : 'error';
  try {
    return await turns.beside(() => attempt(strict));
  } catch {
    // Failures are rare: once more alone, so that the words are about this picture.
    return turns.byItself(() =>
      attempt(strict)
        .catch(error => afterFailure(error, () => attempt('error')))
        .catch(error => Promise.reject(refusal(error, uri, facts))),
    );
  }
}

function inTypedErrors<T>(work: () => T, uri: string): T {
  try {
    return work();
  } catch (error) {
    throw SyntraceError.from(error, 'IMAGE_CORRUPT', { uri });
  }
}

const afterFailure = (error: unknown, tolerant: () => Promise<Samples>): Promise<Samples> =>
  judgeJpegWarning(messageOf(error)) === 'harmless' ? tolerant() : Promise.reject(error);

function refusal(error: unknown, uri: string, { format }: FileFacts): SyntraceError {
  const detail = messageOf(error).replace(/\s+/g, ' ').trim();
  // Of the others it is known that their end is there.
  const cut = ['jpeg', 'tiff', 'avif'].includes(format) && TRUNCATED.test(detail);
  return new SyntraceError(cut ? 'IMAGE_TRUNCATED' : 'IMAGE_CORRUPT', { uri, detail }, error);
}

async function read(bytes: Uint8Array, facts: FileFacts, maxPixels: number, failOn: FailOn): Promise<Samples> {
  const { pipeline, raw } = asStored(sharp(bytes, { failOn, limitInputPixels: maxPixels, ignoreIcc: true, sequentialRead: true }), facts);
  const { data, info } = await pipeline.raw(raw).toBuffer({ resolveWithObject: true });
  const channels = facts.stored.colour === 'grey' ? 1 : 3;
  const found = facts.stored.colour === 'cmyk' ? 4 : channels;
  if (info.channels !== found) throw new Error(`expected ${found} channels, the decoder gives ${info.channels}`);
  if (info.width !== facts.width || info.height !== facts.height)
    throw new Error(`its header says ${facts.width}×${facts.height}, it holds ${info.width}×${info.height}`);
  return {
    width: info.width,
    height: info.height,
    channels,
    data: eightBit(data, raw, found === 4),
    decoder: `${CODECS[facts.format]} (sharp ${sharp.versions.sharp})`,
  };
}

/** Drops alpha without blending and keeps grey grey and CMYK CMYK; libvips would make sRGB of all. */
function asStored(pipeline: Sharp, { stored }: FileFacts): { pipeline: Sharp; raw: RawOptions } {
  if (stored.colour === 'cmyk') return { pipeline: pipeline.pipelineColourspace('cmyk').toColourspace('cmyk'), raw: {} };
  const opaque = pipeline.removeAlpha();
  if (stored.colour !== 'grey') return { pipeline: opaque.toColourspace('srgb'), raw: {} };
  // From 16-bit grey to 8 bits libvips rounds; 16-bit colour it shifts.
  return stored.bitDepth > 8 ? { pipeline: opaque.toColourspace('grey16'), raw: { depth: 'ushort' } } : { pipeline: opaque.toColourspace('b-w'), raw: {} };
}

function eightBit(data: Buffer, { depth }: RawOptions, cmyk: boolean): Uint8Array {
  if (depth === 'ushort') return upperBytes(new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2));
  const samples = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return cmyk ? cmykToRgb(samples) : samples;
}
