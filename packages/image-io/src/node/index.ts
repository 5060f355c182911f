export { inspectImage } from '../inspect/inspect.js';
export type { FileFacts, Format } from '../inspect/facts.js';
export type { DecodeOptions, ImageInput, NamedInput, ReadOptions } from '../options.js';
export { type EncodedFile, nameOf } from '../source/read-common.js';
export { decode } from './decode.js';
export { encodeJpeg, encodePng, encodeThumbnail, type Picture } from './encode.js';
export { readSource } from './read-source.js';
