import { messageOf, SyntraceError } from '@syntrace/core';

/** Where the module comes from: an address, its bytes, an answer to a request, or the compiled module itself. */
export type WasmSource = URL | string | Uint8Array<ArrayBuffer> | ArrayBuffer | Response | WebAssembly.Module;

/** The compiled module. @throws BACKEND_UNAVAILABLE */
export async function compile(source: WasmSource): Promise<WebAssembly.Module> {
  try {
    const bytes = await bytesOf(source);
    return bytes ? await WebAssembly.compile(bytes) : (source as WebAssembly.Module);
  } catch (error) {
    const remedy = 'Give `wasmSource`: the address or the bytes of kernels.wasm, or use @syntrace/kernels-wasm/inline.';
    throw new SyntraceError('BACKEND_UNAVAILABLE', { id: 'wasm', detail: `its module cannot be loaded: ${messageOf(error)}`, remedy }, error);
  }
}

/** Nothing for a compiled module. It is asked for last: to TypeScript every object is a WebAssembly.Module. */
async function bytesOf(source: WasmSource): Promise<Uint8Array<ArrayBuffer> | ArrayBuffer | undefined> {
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) return source;
  if (source instanceof URL || typeof source === 'string') return fromAddress(new URL(source, globalThis.location?.href));
  return source instanceof Response ? fromResponse(source) : undefined;
}

async function fromAddress(url: URL): Promise<Uint8Array<ArrayBuffer> | ArrayBuffer> {
  // Node's fetch refuses file addresses; its file system is reached without an import, so that bundlers see no Node module.
  const fs = url.protocol === 'file:' ? globalThis.process?.getBuiltinModule?.('node:fs/promises') : undefined;
  return fs ? new Uint8Array(await fs.readFile(url)) : fromResponse(await fetch(url));
}

async function fromResponse(response: Response): Promise<ArrayBuffer> {
  if (!response.ok) throw new Error(`${response.url || 'the request'} answered ${response.status}`);
  return response.arrayBuffer();
}
