import { type LoadAsset, SyntraceError, type Warning } from '@syntrace/core';
import { type Provenance, type ProvenanceOptions, type ProvenanceReader, provenanceReader } from '@syntrace/detector-provenance';
import { type EncodedFile, type FileFacts, type ImageInput, inspectImage, type ReadOptions } from '@syntrace/image-io';
import type { Inspection } from './inspection.js';

export type InspectorOptions = Omit<ProvenanceOptions, 'loadAsset'> & ReadOptions;

/** Tells what is known about files without decoding them. */
export interface Inspector {
  /** @throws the IMAGE_ errors for what cannot be read or is no picture at all; a damaged or unsupported picture is inspected as far as it goes */
  inspect(source: ImageInput): Promise<Inspection>;
}

type ReadSource = (source: ImageInput, options?: ReadOptions) => Promise<EncodedFile>;

/** Makes an inspector out of what the platform gives. It keeps the reader of Content Credentials once it was needed. */
export const inspector =
  (readSource: ReadSource, loadAsset: LoadAsset) =>
  (options: InspectorOptions = {}): Inspector => {
    const reader = provenanceReader({ ...options, loadAsset });
    return { inspect: async source => inspectFile(await readSource(source, options), reader) };
  };

/** Header facts and provenance of one file. @throws IMAGE_EMPTY, IMAGE_FORMAT_UNKNOWN */
export async function inspectFile({ bytes, uri }: EncodedFile, reader: ProvenanceReader): Promise<Inspection> {
  const header = headerOf(bytes, uri);
  const provenance = await reader.read(bytes);
  if ('error' in header && provenance.kind === 'unknown') throw header.error;
  const facts = 'error' in header ? null : header.facts;
  const warnings: Warning[] = [...('error' in header ? [{ code: header.error.code, message: header.error.message }] : []), ...provenance.findings];
  const size = facts ?? provenance.size;
  return {
    path: uri,
    bytes: bytes.length,
    format: facts?.format ?? provenance.kind,
    width: size?.width ?? null,
    height: size?.height ?? null,
    stored: facts?.stored ?? null,
    orientation: facts?.orientation ?? null,
    icc: facts?.icc ?? null,
    jpeg: facts?.jpeg ? { ...facts.jpeg, tables: provenance.tables } : null,
    provenance: provenanceOf(provenance),
    warnings,
  };
}

function headerOf(bytes: Uint8Array, uri: string): { facts: FileFacts } | { error: SyntraceError } {
  try {
    return { facts: inspectImage(bytes, uri) };
  } catch (error) {
    if (SyntraceError.is(error)) return { error };
    throw error;
  }
}

function provenanceOf({ declared, signs, credential, camera, fields }: Provenance): Inspection['provenance'] {
  return { declared, signs, credential, camera, fields: fields.map(({ place, name }) => `${place} ${name}`) };
}
