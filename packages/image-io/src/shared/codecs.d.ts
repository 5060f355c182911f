declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

declare module '*.wasm?url' {
  const address: string;
  export default address;
}

declare module 'omggif' {
  export class GifReader {
    constructor(bytes: Uint8Array);
    readonly width: number;
    readonly height: number;
    decodeAndBlitFrameRGBA(frame: number, pixels: Uint8Array): void;
  }
}

declare module '@jsquash/png/codec/pkg/squoosh_png.js' {
  export default function init(module: WebAssembly.Module): Promise<{ readonly memory: WebAssembly.Memory }>;
  export function decode(bytes: Uint8Array): ImageData;
  export function decode_rgba16(bytes: Uint8Array): { readonly width: number; readonly height: number; readonly data: Uint16Array; free(): void };
  export function encode(rgba: Uint8Array, width: number, height: number, bitDepth: 8 | 16): Uint8Array<ArrayBuffer>;
}
