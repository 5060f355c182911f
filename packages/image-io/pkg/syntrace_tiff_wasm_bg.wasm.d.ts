/* tslint:disable */
/* eslint-disable */
export const memory: WebAssembly.Memory;
export const __wbg_get_picture_channels: (a: number) => number;
export const __wbg_get_picture_height: (a: number) => number;
export const __wbg_get_picture_width: (a: number) => number;
export const __wbg_picture_free: (a: number, b: number) => void;
export const __wbg_set_picture_channels: (a: number, b: number) => void;
export const __wbg_set_picture_height: (a: number, b: number) => void;
export const __wbg_set_picture_width: (a: number, b: number) => void;
export const decode: (a: number, b: number) => [number, number, number];
export const picture_takeData: (a: number) => [number, number];
export const __wbindgen_externrefs: WebAssembly.Table;
export const __wbindgen_malloc: (a: number, b: number) => number;
export const __externref_table_dealloc: (a: number) => void;
export const __wbindgen_free: (a: number, b: number, c: number) => void;
export const __wbindgen_start: () => void;
