/* tslint:disable */
/* eslint-disable */

/**
 * Samples of the first picture: interleaved, 8 bits, 1 (grey), 3 (RGB) or 4 (CMYK, 255 is full ink) channels.
 */
export class Picture {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * `width · height · channels` samples; the picture is gone then.
     */
    takeData(): Uint8Array;
    /**
     * Samples a pixel.
     */
    channels: number;
    /**
     * Rows.
     */
    height: number;
    /**
     * Pixels in a row.
     */
    width: number;
}

/**
 * Decodes the first picture of a TIFF file: strips or tiles; raw, LZW, Deflate, PackBits or CCITT group 4; grey and palettes of 1, 2, 4, 8 and
 * (grey) 16 bits, RGB and CMYK of 8 and 16. Of 16 bits the upper 8 stay, fewer are spread over 0…255, a palette becomes RGB, alpha is left out.
 * The caller has checked the size. O(pixels). Errors are `CORRUPT: …`, `TRUNCATED: …` or `UNSUPPORTED: …`.
 */
export function decode(bytes: Uint8Array): Picture;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_get_picture_channels: (a: number) => number;
    readonly __wbg_get_picture_height: (a: number) => number;
    readonly __wbg_get_picture_width: (a: number) => number;
    readonly __wbg_picture_free: (a: number, b: number) => void;
    readonly __wbg_set_picture_channels: (a: number, b: number) => void;
    readonly __wbg_set_picture_height: (a: number, b: number) => void;
    readonly __wbg_set_picture_width: (a: number, b: number) => void;
    readonly decode: (a: number, b: number) => [number, number, number];
    readonly picture_takeData: (a: number) => [number, number];
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path?: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
