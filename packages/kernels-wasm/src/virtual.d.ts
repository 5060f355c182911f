declare module 'virtual:kernels-glue' {
  import type { initSync, Session } from '../pkg/syntrace_kernels_wasm.js';

  /** wasm-bindgen's glue, with module variables of its own. */
  export function createGlue(): { readonly initSync: typeof initSync; readonly Session: typeof Session };
}

declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
