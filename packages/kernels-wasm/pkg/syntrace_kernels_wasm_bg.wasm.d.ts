/* tslint:disable */
/* eslint-disable */
export const memory: WebAssembly.Memory;
export const __wbg_session_free: (a: number, b: number) => void;
export const session_address: (a: number, b: number) => [number, number, number];
export const session_allocate: (a: number, b: number, c: number, d: number, e: number) => [number, number, number];
export const session_call: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number) => [number, number, number, number];
export const session_dtype: (a: number, b: number) => [number, number, number, number];
export const session_new: () => number;
export const session_release: (a: number, b: number) => void;
export const session_shape: (a: number, b: number) => [number, number, number, number];
export const session_simd: (a: number) => [number, number];
export const session_trapForTest: (a: number) => void;
export const session_usage: (a: number) => [number, number];
export const __wbindgen_externrefs: WebAssembly.Table;
export const __externref_table_dealloc: (a: number) => void;
export const __wbindgen_malloc: (a: number, b: number) => number;
export const __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
export const __wbindgen_free: (a: number, b: number, c: number) => void;
export const __wbindgen_start: () => void;
