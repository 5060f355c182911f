import factory from '@jsquash/webp/codec/dec/webp_dec.js';
import wasm from '@jsquash/webp/codec/dec/webp_dec.wasm';
import type { Picture } from '../shared/picture.js';
import { codecOf } from './emscripten.js';
import { firstFrameOf, onCanvas } from './webp-frame.js';

const decode = codecOf(factory, wasm);

/** libwebp's decoder; of an animation the first frame on its (transparent, zero) canvas. @throws Error */
export async function decodeWebp(bytes: Uint8Array): Promise<Picture> {
  const frame = firstFrameOf(bytes);
  const { picture, said } = await decode(frame?.file ?? bytes);
  if (!picture) throw new Error(said.join('; ') || 'libwebp refuses it');
  return frame ? onCanvas(picture, frame) : picture;
}
