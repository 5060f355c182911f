import { messageOf, SyntraceError } from '@syntrace/core';

/** Where the module comes from: an address, its bytes, an answer to a request, or the compiled module itself. */
export type WasmSource = URL | string | Uint8Array<ArrayBuffer> | ArrayBuffer | Response | WebAssembly.Module;

/** Gets the bytes behind an address; each platform has its own. */
export type ReadAddress = (url: URL) => Promise<Uint8Array<ArrayBuffer> | ArrayBuffer>;

/** The compiled module. @throws TRAINING_INVALID */
export async function compile(source: WasmSource, read: ReadAddress): Promise<WebAssembly.Module> {
  try {
    const bytes = await bytesOf(source, read);
    return bytes ? await WebAssembly.compile(bytes) : (source as WebAssembly.Module);
  } catch (error) {
    throw new SyntraceError(
      'TRAINING_INVALID',
      { detail: `the learners' WebAssembly module cannot be loaded (option wasmSource): ${messageOf(error)}` },
      error,
    );
  }
}

/** Nothing for a compiled module. It is asked for last: to TypeScript every object is a WebAssembly.Module. */
async function bytesOf(source: WasmSource, read: ReadAddress): Promise<Uint8Array<ArrayBuffer> | ArrayBuffer | undefined> {
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) return source;
  if (source instanceof URL || typeof source === 'string') return read(new URL(source, globalThis.location?.href));
  return source instanceof Response ? fromResponse(source) : undefined;
}

/** The body of an answer that is no error. */
export async function fromResponse(response: Response): Promise<ArrayBuffer> {
  if (!response.ok) throw new Error(`${response.url || 'the request'} answered ${response.status}`);
  return response.arrayBuffer();
}
