import { DecoderUnavailable } from './decoder-unavailable.js';

/** Runs calls of a Rust codec on wasm-bindgen's one instance; it is opened anew after a trap, which leaves its memory in an unknown state.
 *  @param init the glue's default export  @param refusal words for a trap, which has none  @throws Error, DecoderUnavailable */
export function rustCodec(
  init: (module: WebAssembly.Module) => Promise<unknown>,
  wasm: Uint8Array<ArrayBuffer>,
  refusal: string,
): <T>(work: () => T) => Promise<T> {
  let compiled: Promise<WebAssembly.Module> | undefined;
  let opened: Promise<unknown> | undefined;
  return async work => {
    compiled ??= WebAssembly.compile(wasm);
    opened ??= compiled.then(init);
    await opened.catch(error => {
      [compiled, opened] = [undefined, undefined];
      throw new DecoderUnavailable(error);
    });
    try {
      return work();
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      opened = undefined;
      throw new Error(refusal, { cause: error });
    }
  };
}
