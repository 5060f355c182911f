export type { FileFacts, Format } from '../inspect/facts.js';
export { inspectImage } from '../inspect/inspect.js';
export type { DecodeOptions, ExtraCodec, ImageInput, NamedInput, ReadOptions } from '../options.js';
export { type Picture, toRgba } from '../shared/picture.js';
export { type EncodedFile, nameOf } from '../source/read-common.js';
export { decode } from './decode.js';
export { encodeJpeg, encodePng, encodeThumbnail, encodeWebp, mirrored } from './encode.js';
export { readSource } from './read-source.js';
