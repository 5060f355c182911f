/* tslint:disable */
/* eslint-disable */

/**
 * Elastic net and lasso; see `syntrace_learn::elastic`. Returns weights…, biases…, iterations, gradient.
 */
export function elastic(x: Float32Array, y: Uint8Array, sample_weights: Float64Array, features: number, classes: number, l2: number, l1: number): Float64Array;

/**
 * Penalised logistic regression; see `syntrace_learn::logistic`. Returns weights…, biases…, iterations, gradient.
 */
export function logistic(x: Float32Array, y: Uint8Array, sample_weights: Float64Array, features: number, classes: number, l2: number): Float64Array;

/**
 * One-class support vector machine; see `syntrace_learn::one_class`. Returns rows…, their coefficients…, the offset.
 */
export function oneClass(x: Float32Array, features: number, nu: number, gamma: number, tolerance: number): Float64Array;

/**
 * Ridge regression; see `syntrace_learn::ridge`. Returns weights…, biases…, iterations, gradient.
 */
export function ridge(x: Float32Array, y: Uint8Array, sample_weights: Float64Array, features: number, classes: number, l2: number): Float64Array;

/**
 * Linear support vector machine; see `syntrace_learn::squared_hinge`. Returns weights…, biases…, iterations, gradient.
 */
export function squaredHinge(x: Float32Array, y: Uint8Array, sample_weights: Float64Array, features: number, classes: number, l2: number): Float64Array;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly elastic: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number, j: number) => [number, number, number, number];
    readonly logistic: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number) => [number, number, number, number];
    readonly oneClass: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number, number];
    readonly ridge: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number) => [number, number, number, number];
    readonly squaredHinge: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number) => [number, number, number, number];
    readonly __externref_table_alloc: () => number;
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
