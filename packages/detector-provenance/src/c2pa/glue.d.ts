declare module 'virtual:c2pa-glue' {
  /** What `Reader` of the crate c2pa says of a file. */
  export interface WasmReader {
    /** The manifest store as JSON. */
    json(): string;
    free(): void;
  }

  export interface Signer {
    readonly alg: string;
    readonly reserveSize: number;
    sign(bytes: Uint8Array): Promise<Uint8Array>;
  }

  /** A manifest in the making; used by tests only. */
  export interface WasmBuilder {
    sign(signer: Signer, identityAssertions: readonly unknown[], format: string, source: Blob): Promise<Uint8Array>;
    signAndGetManifestBytes(
      signer: Signer,
      identityAssertions: readonly unknown[],
      format: string,
      source: Blob,
    ): Promise<{ readonly asset: Uint8Array; readonly manifest: Uint8Array }>;
    setNoEmbed(apart: boolean): void;
    setRemoteUrl(url: string): void;
    addIngredientFromBlob(json: string, format: string, blob: Blob): Promise<void>;
    free(): void;
  }

  /** wasm-bindgen's glue, with module variables of its own. All that asks for the network goes through `fetch`. */
  export function createGlue(fetch: (request: Request) => Promise<Response>): {
    readonly init: (options: { module_or_path: WebAssembly.Module }) => Promise<unknown>;
    readonly WasmReader: { fromBytes(format: string, bytes: Uint8Array, settings: string): Promise<WasmReader> };
    readonly WasmBuilder: { fromJson(manifest: string, settings?: string): WasmBuilder };
  };
}
