import type { Picture } from './shared/picture.js';

/** Where pictures may come from. A string is a path in Node, and an address if it starts with http:// or https://. */
export type ImageInput = string | URL | Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | NamedInput;

/** Bytes or a stream with a name for results and errors. */
export interface NamedInput {
  readonly uri: string;
  readonly data: Exclude<ImageInput, NamedInput>;
}

export interface ReadOptions {
  /** Most bytes of an encoded file. Default 256 MiB. */
  readonly maxBytes?: number;
  /** Whether http(s) addresses may be fetched. Default false. Private, loopback and link-local addresses never are. */
  readonly allowHttp?: boolean;
  /** For http(s), in milliseconds. Default 15 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** A decoder that does not come with the browser's half: `avifCodec` of `@syntrace/image-io/avif`. */
export interface ExtraCodec {
  readonly format: 'avif';
  /** What `source.decoder` says. */
  readonly name: string;
  /** Its `decode`, which gives 8-bit samples as stored or throws an Error. */
  load(): Promise<(bytes: Uint8Array) => Picture>;
}

export interface DecodeOptions extends ReadOptions {
  /** Most pixels of a picture, checked on the header before anything is decoded. Default 268 402 689. */
  readonly maxPixels?: number;
  /** `exact`: the libjpeg-turbo family, the same samples on every platform (default). `fast`: the platform's own decoder. */
  readonly decoder?: 'exact' | 'fast';
  /** For formats that the browser's half does not read by itself. Node reads them all. */
  readonly codecs?: readonly ExtraCodec[];
  /** Keep the encoded bytes on `source.encoded`. Default false. */
  readonly keepEncoded?: boolean;
}

export const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
export const DEFAULT_MAX_PIXELS = 268_402_689;
export const DEFAULT_TIMEOUT_MS = 15_000;
