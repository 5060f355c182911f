import init, { decode, decode_rgba16, encode } from '@jsquash/png/codec/pkg/squoosh_png.js';
import wasm from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm';
import { messageOf } from '@syntrace/core';
import type { Raster } from '../shared/raster.js';
import { upperBytes } from '../shared/upper-bytes.js';
import { checkChecksums } from './png-checksums.js';

let compiled: Promise<WebAssembly.Module> | undefined;
let opened: Promise<unknown> | undefined;

/** Opens the instance, anew after a trap: its memory is in an unknown state then. */
async function withInstance<T>(work: () => T): Promise<T> {
  compiled ??= WebAssembly.compile(wasm);
  opened ??= compiled.then(init);
  await opened;
  try {
    return work();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) opened = undefined;
    // The Rust decoder panics on whatever it refuses, without words.
    throw new Error(error instanceof WebAssembly.RuntimeError ? 'the PNG decoder refuses its data' : messageOf(error), { cause: error });
  }
}

/** Rust's `png`; 16-bit samples keep their upper byte. @throws Error */
export const decodePng = (bytes: Uint8Array, bitDepth: number): Promise<Raster> =>
  withInstance(() => {
    checkChecksums(bytes);
    if (bitDepth < 16) {
      const { width, height, data } = decode(bytes);
      return { width, height, rgba: data };
    }
    const deep = decode_rgba16(bytes);
    try {
      // `data` looks into WebAssembly memory: it is copied before it is freed.
      return { width: deep.width, height: deep.height, rgba: upperBytes(deep.data) };
    } finally {
      deep.free();
    }
  });

export const encodeRgba = (rgba: Uint8Array, width: number, height: number): Promise<Uint8Array<ArrayBuffer>> =>
  withInstance(() => encode(rgba, width, height, 8));
