import type { ExtraCodec } from '../options.js';
import type { Picture } from '../shared/picture.js';

export type { ExtraCodec } from '../options.js';

/** AVIF in browsers by libheif, as in Node: ImageMagick's WebAssembly build (about 15 MB), loaded with the first AVIF picture.
 *  Install `@imagemagick/magick-wasm` beside this package, and hand the result to `decode(…, { codecs: [avifCodec(…)] })`.
 *  @param wasm its `magick.wasm`: the address where your page serves it, its bytes, or the compiled module */
export function avifCodec(wasm: string | URL | Uint8Array | WebAssembly.Module): ExtraCodec {
  let opened: Promise<(bytes: Uint8Array) => Picture> | undefined;
  return {
    format: 'avif',
    name: 'libheif (@imagemagick/magick-wasm)',
    load() {
      opened ??= open(typeof wasm === 'string' ? new URL(wasm, globalThis.location?.href) : wasm).catch(error => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
  };
}

async function open(wasm: URL | Uint8Array | WebAssembly.Module): Promise<(bytes: Uint8Array) => Picture> {
  const { ImageMagick, initializeImageMagick, MagickFormat, MagickReadSettings } = await import('@imagemagick/magick-wasm');
  await initializeImageMagick(wasm);
  return bytes =>
    ImageMagick.read(bytes, new MagickReadSettings({ format: MagickFormat.Avif, frameIndex: 0, frameCount: 1 }), image => {
      const { width, height } = image;
      const data = image.getPixels(pixels => pixels.toByteArray(0, 0, width, height, 'RGB'));
      if (!data) throw new Error('no pixels');
      return { width, height, data };
    });
}
