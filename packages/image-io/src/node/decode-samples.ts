import { messageOf, SyntraceError } from '@syntrace/core';
import type { Sharp as Pipeline, RawOptions, SharpOptions } from 'sharp';
import type { FileFacts } from '../inspect/facts.js';
import { asStoredTiff } from '../inspect/tiff.js';
import { type Samples, samplesOf } from '../shared/assemble.js';
import { asStoredAvif } from '../shared/avif-as-stored.js';
import { cmykToRgb } from '../shared/cmyk.js';
import { withoutQuirks } from '../shared/jpeg-quirks.js';
import { judgeJpegWarning } from '../shared/jpeg-warnings.js';
import { bytesOf } from '../shared/picture.js';
import { upperBytes } from '../shared/upper-bytes.js';
import type { EncodedFile } from '../source/read-common.js';
import { openSharp, type Sharp } from './sharp.js';
import { withSpareRow } from './spare-row.js';
import { Turns } from './turns.js';

const CODECS = { jpeg: 'libjpeg-turbo', png: 'libpng', webp: 'libwebp', tiff: 'libtiff', avif: 'libheif' } as const;
const TRUNCATED = /premature end|truncat|not enough data|unexpected end|\bEOF\b|too short|out of data|end of stream|incomplete/i;

/** Copies that make libvips give what is stored, and all of it. */
const READABLE: Partial<Record<FileFacts['format'], (bytes: Uint8Array) => Uint8Array>> = {
  jpeg: bytes => withSpareRow(withoutQuirks(bytes)),
  tiff: asStoredTiff,
  avif: asStoredAvif,
};

const turns = new Turns();

type FailOn = NonNullable<SharpOptions['failOn']>;

/** @throws IMAGE_TRUNCATED, IMAGE_CORRUPT, IMAGE_DECODER_UNAVAILABLE */
export async function decodeSamples(file: EncodedFile, facts: FileFacts): Promise<Samples> {
  return facts.format === 'gif' ? decodeFirstFrame(file, facts) : decodeBySharp(file, facts, facts.format);
}

async function decodeFirstFrame({ bytes, uri }: EncodedFile, facts: FileFacts): Promise<Samples> {
  const { decodeGif } = await import('../shared/codec-gif.js');
  try {
    return samplesOf(decodeGif(bytes), facts, 'omggif 1.0');
  } catch (error) {
    throw SyntraceError.from(error, 'IMAGE_CORRUPT', { uri });
  }
}

async function decodeBySharp({ bytes, uri }: EncodedFile, facts: FileFacts, format: keyof typeof CODECS): Promise<Samples> {
  const sharp = await openSharp(uri);
  const decoder = `${CODECS[format]} (sharp ${sharp.versions.sharp})`;
  const readable = READABLE[format]?.(bytes) ?? bytes;
  // As many as the header announced, which was checked, and spare rows.
  const limitInputPixels = facts.width * (facts.height + 33);
  const attempt = (failOn: FailOn) => read(sharp, readable, facts, { failOn, limitInputPixels }, decoder);
  // libjpeg only warns where it paints missing data grey; other libraries' warnings are about metadata.
  const strict = format === 'jpeg' ? 'warning' : 'error';
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

const afterFailure = (error: unknown, tolerant: () => Promise<Samples>): Promise<Samples> =>
  judgeJpegWarning(messageOf(error)) === 'harmless' ? tolerant() : Promise.reject(error);

function refusal(error: unknown, uri: string, { format }: FileFacts): SyntraceError {
  const detail = messageOf(error).replace(/\s+/g, ' ').trim();
  // Of the others it is known that their end is there.
  const cut = ['jpeg', 'tiff', 'avif'].includes(format) && TRUNCATED.test(detail);
  return new SyntraceError(cut ? 'IMAGE_TRUNCATED' : 'IMAGE_CORRUPT', { uri, detail }, error);
}

async function read(sharp: Sharp, bytes: Uint8Array, facts: FileFacts, options: SharpOptions, decoder: string): Promise<Samples> {
  const { pipeline, raw } = asStored(sharp(bytes, { ...options, ignoreIcc: true, sequentialRead: true }), facts);
  const { data, info } = await pipeline.raw(raw).toBuffer({ resolveWithObject: true });
  const { colour } = facts.stored;
  const expected = { grey: 1, rgb: 3, palette: 3, cmyk: 4 }[colour];
  if (info.channels !== expected) throw new Error(`expected ${expected} channels, the decoder gives ${info.channels}`);
  // Of a JPEG there may be spare rows.
  const height = facts.format === 'jpeg' ? Math.min(info.height, facts.height) : info.height;
  const stored = data.subarray(0, (data.length / info.height) * height);
  const samples = raw.depth === 'ushort' ? upperBytes(new Uint16Array(stored.buffer, stored.byteOffset, stored.byteLength / 2)) : bytesOf(stored);
  return samplesOf({ width: info.width, height, data: colour === 'cmyk' ? cmykToRgb(samples) : samples }, facts, decoder);
}

/** Drops alpha without blending and keeps grey grey and CMYK CMYK; libvips would make sRGB of all. Of 16 bits it rounds grey and clips ink
 *  to 8, which is done here instead; colour it shifts. */
function asStored(pipeline: Pipeline, { stored }: FileFacts): { pipeline: Pipeline; raw: RawOptions } {
  const opaque = pipeline.removeAlpha();
  const deep = stored.bitDepth > 8;
  if (stored.colour === 'cmyk') return { pipeline: opaque.pipelineColourspace('cmyk').toColourspace('cmyk'), raw: deep ? { depth: 'ushort' } : {} };
  if (stored.colour !== 'grey') return { pipeline: opaque.toColourspace('srgb'), raw: {} };
  return deep ? { pipeline: opaque.toColourspace('grey16'), raw: { depth: 'ushort' } } : { pipeline: opaque.toColourspace('b-w'), raw: {} };
}
