/* tslint:disable */
/* eslint-disable */

/**
 * A session. JavaScript writes and reads tensors through views on the WASM memory; a view must be made afresh after every call.
 */
export class Session {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Address of the first element in WASM memory. Throws KERNEL_FOREIGN_TENSOR.
     */
    address(id: number): number;
    /**
     * A tensor of unspecified content; write it before use. Throws KERNEL_DTYPE, KERNEL_SHAPE, KERNEL_VALUE.
     */
    allocate(dtype: string, shape: Uint32Array): number;
    /**
     * Runs an operation of the kernels' table; the numbers of the results. Throws what the operation documents.
     */
    call(op: string, option: string, inputs: Uint32Array, parameters: Float64Array): Uint32Array;
    /**
     * Element type. Throws KERNEL_FOREIGN_TENSOR.
     */
    dtype(id: number): string;
    /**
     * An empty session.
     */
    constructor();
    /**
     * Gives a tensor back; unknown numbers are ignored.
     */
    release(id: number): void;
    /**
     * Sizes, slowest first. Throws KERNEL_FOREIGN_TENSOR.
     */
    shape(id: number): Uint32Array;
    /**
     * Instruction set of this build.
     */
    simd(): string;
    /**
     * Traps, to test that the caller survives it.
     */
    trapForTest(): void;
    /**
     * Tensors held and their bytes.
     */
    usage(): Uint32Array;
}

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_session_free: (a: number, b: number) => void;
    readonly session_address: (a: number, b: number) => [number, number, number];
    readonly session_allocate: (a: number, b: number, c: number, d: number, e: number) => [number, number, number];
    readonly session_call: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number) => [number, number, number, number];
    readonly session_dtype: (a: number, b: number) => [number, number, number, number];
    readonly session_new: () => number;
    readonly session_release: (a: number, b: number) => void;
    readonly session_shape: (a: number, b: number) => [number, number, number, number];
    readonly session_simd: (a: number) => [number, number];
    readonly session_trapForTest: (a: number) => void;
    readonly session_usage: (a: number) => [number, number];
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
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
