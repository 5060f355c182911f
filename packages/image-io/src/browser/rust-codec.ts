import { DecoderUnavailable } from './decoder-unavailable.js';

/** What wasm-bindgen's `init` gives. */
interface Exports {
  readonly memory: WebAssembly.Memory;
}

/** Above this, an instance is replaced after use: WebAssembly memory grows and never shrinks. */
const KEEP_BYTES = 64 * 1024 * 1024;

/** Runs calls of a Rust codec on wasm-bindgen's one instance. It is replaced after a trap, which leaves its memory in an unknown state, and
 *  after a large picture.
 *  @param init the glue's default export  @param refusal words for a trap, which has none  @throws Error, DecoderUnavailable */
export function rustCodec(
  init: (module: WebAssembly.Module) => Promise<Exports>,
  wasm: Uint8Array<ArrayBuffer>,
  refusal: string,
): <T>(work: () => T) => Promise<T> {
  let compiled: Promise<WebAssembly.Module> | undefined;
  let opened: Promise<Exports> | undefined;
  return async work => {
    compiled ??= WebAssembly.compile(wasm);
    opened ??= compiled.then(init);
    const { memory } = await opened.catch(error => {
      [compiled, opened] = [undefined, undefined];
      throw new DecoderUnavailable(error);
    });
    try {
      return work();
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      opened = undefined;
      throw new Error(refusal, { cause: error });
    } finally {
      // At once, as the glue holds the old one until then. A failure shows at the next call.
      if (memory.buffer.byteLength > KEEP_BYTES) {
        opened = compiled?.then(init);
        opened?.catch(() => {});
      }
    }
  };
}
