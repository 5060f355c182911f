import factory from '@jsquash/webp/codec/dec/webp_dec.js';
import wasm from '@jsquash/webp/codec/dec/webp_dec.wasm';
import type { Raster } from '../shared/raster.js';
import { codecOf } from './emscripten.js';
import { firstFrameOf, onCanvas } from './webp-frame.js';

const decode = codecOf(factory, wasm);

/** libwebp's decoder; of an animation the first frame on its (transparent, zero) canvas. @throws Error */
export async function decodeWebp(bytes: Uint8Array): Promise<Raster> {
  const frame = firstFrameOf(bytes);
  const { picture, said } = await decode(frame?.file ?? bytes);
  if (!picture) throw new Error(said.join('; ') || 'libwebp refuses it');
  const still = { width: picture.width, height: picture.height, rgba: picture.data };
  return frame ? onCanvas(still, frame) : still;
}
