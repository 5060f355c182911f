import init, { decode } from '../../pkg/syntrace_tiff_wasm.js';
import wasm from '../../pkg/syntrace_tiff_wasm_bg.wasm';
import { HeaderError } from '../inspect/facts.js';
import { cmykToRgb } from '../shared/cmyk.js';
import type { Picture } from '../shared/picture.js';
import { decodeJpegInTiff, hasJpegInside } from './jpeg-in-tiff.js';
import { rustCodec } from './rust-codec.js';

const run = rustCodec(module => init({ module_or_path: module }), wasm, 'the TIFF decoder stopped');
const CODES = { CORRUPT: 'corrupt', TRUNCATED: 'truncated', UNSUPPORTED: 'unsupported' } as const;

/** The first picture, with libtiff's samples: by Rust's `tiff` (crates/tiff-wasm), JPEG inside by libjpeg. @throws Error, HeaderError */
export const decodeTiff = async (bytes: Uint8Array): Promise<Picture> => {
  if (hasJpegInside(bytes)) return decodeJpegInTiff(bytes);
  return run(() => {
    const { width, height, channels, data } = decoded(bytes);
    return { width, height, data: channels === 4 ? cmykToRgb(data) : data };
  });
};

function decoded(bytes: Uint8Array): Picture & { readonly channels: number } {
  try {
    const picture = decode(bytes);
    const { width, height, channels } = picture;
    return { width, height, channels, data: picture.takeData() };
  } catch (error) {
    const [, code, words] = /^(\w+): (.*)$/s.exec(error instanceof Error ? error.message : '') ?? [];
    if (!code || !(code in CODES)) throw error;
    const kind = CODES[code as keyof typeof CODES];
    throw new HeaderError(kind, kind === 'unsupported' ? `TIFF (${words})` : words!);
  }
}
