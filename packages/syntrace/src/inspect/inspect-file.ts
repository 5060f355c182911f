import { type DecodeEmbedded, type Image, type LoadAsset, type Syntrace, SyntraceError, type Warning } from '@syntrace/core';
import { type Provenance, type ProvenanceOptions, type ProvenanceReader, provenanceReader } from '@syntrace/detector-provenance';
import { type DecodeOptions, type EncodedFile, type FileFacts, type ImageInput, inspectImage, type ReadOptions } from '@syntrace/image-io';
import type { CreateOptions } from '../door.js';
import type { Input } from '../input.js';
import { type ExaminedPixels, examinePixels, type Pictures } from './examine-pixels.js';
import type { Inspection } from './inspection.js';
import { publicFetch } from './public-fetch.js';

export interface InspectorOptions
  extends Omit<ProvenanceOptions, 'loadAsset'>,
    ReadOptions,
    Pick<DecodeOptions, 'maxPixels' | 'codecs'>,
    Pick<CreateOptions, 'backend'> {
  /** Whether the picture is decoded too, for watermarks, earlier JPEG encodes and the embedded thumbnail. Default true. */
  readonly pixels?: boolean;
}

/** Tells what is known about files, without judging them. Close it when done. */
export interface Inspector {
  /** @throws the IMAGE_ errors for what cannot be read or is no picture at all; a damaged or unsupported picture is inspected as far as it goes */
  inspect(source: ImageInput): Promise<Inspection>;
  /** The same with a small copy of the picture and drawings of what its pixels say; O(samples) more. */
  illustrate(source: ImageInput): Promise<Illustrated>;
  close(): Promise<void>;
}

/** An inspection with its pictures; `null` where the pixels were not looked at. */
export interface Illustrated {
  readonly inspection: Inspection;
  readonly pictures: Pictures | null;
}

/** What the platform gives. */
export interface InspectorParts {
  readonly readSource: (source: ImageInput, options?: ReadOptions) => Promise<EncodedFile>;
  readonly decode: (source: ImageInput, options?: DecodeOptions) => Promise<Image>;
  readonly decodeEmbedded: DecodeEmbedded;
  readonly loadAsset: LoadAsset;
  /** For its kernels, opened when pixels are looked at. */
  readonly createSyntrace: (options: CreateOptions) => Syntrace<Input>;
}

/** Makes inspectors out of what the platform gives. Each keeps the reader of Content Credentials and the kernels once they were needed. */
export const inspectorFactory =
  (parts: InspectorParts) =>
  (options: InspectorOptions = {}): Inspector => {
    const { loadAsset, readSource, createSyntrace } = parts;
    const { pixels = true, backend } = options;
    const network = options.network === true ? publicFetch(readSource, options) : (options.network ?? false);
    const reader = provenanceReader({ ...options, network, loadAsset });
    let syntrace: Syntrace<Input> | undefined;
    const kernels = () => {
      syntrace ??= createSyntrace({ bare: true, ...(backend !== undefined && { backend }) });
      return syntrace.kernels();
    };
    const look = async (source: ImageInput, draw: boolean): Promise<Illustrated> => {
      const file = await readSource(source, options);
      return inspectFile(
        file,
        reader,
        pixels ? async (provenance: Provenance) => examinePixels(file, provenance, { ...parts, kernels: await kernels(), options, draw }) : null,
      );
    };
    return {
      inspect: async source => (await look(source, false)).inspection,
      illustrate: source => look(source, true),
      close: async () => {
        await syntrace?.close();
        syntrace = undefined;
      },
    };
  };

type Examine = (provenance: Provenance) => Promise<ExaminedPixels>;

/** Header facts, provenance, and what `examine` makes of the pixels. @throws IMAGE_EMPTY, IMAGE_FORMAT_UNKNOWN */
async function inspectFile({ bytes, uri }: EncodedFile, reader: ProvenanceReader, examine: Examine | null): Promise<Illustrated> {
  const header = headerOf(bytes, uri);
  const read = await reader.read(bytes);
  if ('error' in header && read.kind === 'unknown') throw header.error;
  const facts = 'error' in header ? null : header.facts;
  const examined = facts && examine ? await examine(read).catch(unreadable) : null;
  const failure = 'error' in header ? header.error : examined && 'error' in examined ? examined.error : null;
  const seen = examined && !('error' in examined) ? examined : null;
  const provenance = seen?.provenance ?? read;
  const warnings: Warning[] = [...(failure ? [{ code: failure.code, message: failure.message }] : []), ...provenance.findings];
  const size = facts ?? provenance.size;
  const inspection: Inspection = {
    path: uri,
    bytes: bytes.length,
    format: facts?.format ?? provenance.kind,
    width: size?.width ?? null,
    height: size?.height ?? null,
    stored: facts?.stored ?? null,
    orientation: facts?.orientation ?? null,
    icc: facts?.icc ?? null,
    jpeg: facts?.jpeg ? { ...facts.jpeg, tables: provenance.tables } : null,
    pixels: seen?.facts ?? null,
    provenance: provenanceOf(provenance),
    warnings,
  };
  return { inspection, pictures: seen?.pictures ?? null };
}

function headerOf(bytes: Uint8Array, uri: string): { facts: FileFacts } | { error: SyntraceError } {
  try {
    return { facts: inspectImage(bytes, uri) };
  } catch (error) {
    return unreadable(error);
  }
}

/** What a picture cannot be read for is part of the answer; anything else is not. */
function unreadable(error: unknown): { error: SyntraceError } {
  if (SyntraceError.is(error) && error.code.startsWith('IMAGE_')) return { error };
  throw error;
}

function provenanceOf({ declared, signs, credential, camera, fields }: Provenance): Inspection['provenance'] {
  return { declared, signs, credential, camera, fields: fields.map(({ place, name }) => `${place} ${name}`) };
}
