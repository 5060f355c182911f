import init, { decode, decode_rgba16, encode } from '@jsquash/png/codec/pkg/squoosh_png.js';
import wasm from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm';
import type { FileFacts } from '../inspect/facts.js';
import { bytesOf, type Picture } from '../shared/picture.js';
import { upperBytes } from '../shared/upper-bytes.js';
import { checkChecksums } from './png-checksums.js';
import { rustCodec } from './rust-codec.js';

// The Rust decoder panics on whatever it refuses.
const run = rustCodec(init, wasm, 'the PNG decoder refuses its data');

/** Rust's `png`; 16-bit samples keep their upper byte. @throws Error */
export const decodePng = (bytes: Uint8Array, { stored }: FileFacts): Promise<Picture> =>
  run(() => {
    checkChecksums(bytes);
    if (stored.bitDepth < 16) {
      const { width, height, data } = decode(bytes);
      return { width, height, data: bytesOf(data) };
    }
    const deep = decode_rgba16(bytes);
    try {
      // `data` looks into WebAssembly memory: it is copied before it is freed.
      return { width: deep.width, height: deep.height, data: upperBytes(deep.data) };
    } finally {
      deep.free();
    }
  });

export const encodeRgba = (rgba: Uint8Array, width: number, height: number): Promise<Uint8Array<ArrayBuffer>> => run(() => encode(rgba, width, height, 8));
