import factory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import wasm from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import { withoutQuirks } from '../shared/jpeg-quirks.js';
import { judgeJpegWarning } from '../shared/jpeg-warnings.js';
import type { Picture } from '../shared/picture.js';
import { codecOf } from './emscripten.js';

// False: do not turn the picture by its EXIF orientation.
const decode = codecOf(factory, wasm, false);

/** libjpeg-turbo's decoder (its MozJPEG build). @throws Error with libjpeg's words */
export async function decodeJpeg(bytes: Uint8Array): Promise<Picture> {
  const { picture, said } = await decode(withoutQuirks(bytes));
  // libjpeg paints what is missing grey and only warns, once.
  const words = said.join('\n');
  if (!picture || (words && judgeJpegWarning(words) !== 'harmless')) throw new Error(words || 'no picture');
  return picture;
}
