import { type Availability, messageOf, SyntraceError } from '@syntrace/core';
import { type OrtModule, type Provider, unavailable } from './provider.js';

/** What the bundles of onnxruntime-web have beside the common part. */
interface WebModule extends OrtModule {
  readonly env: { readonly wasm: { numThreads?: number; wasmPaths?: unknown } };
}

export interface WebSettings {
  /** Where the app serves the `.wasm` files of onnxruntime-web, as an address that ends in `/`. Default: where the bundler put them. */
  readonly wasmPaths?: string;
}

/** The parts of WebGPU that are asked for. */
interface Gpu {
  requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean; readonly vendor?: string; readonly architecture?: string } } | null>;
}

async function ready(loading: Promise<WebModule>, { wasmPaths }: WebSettings, threads: number): Promise<WebModule> {
  const ort = await loading.catch((error: unknown) => {
    throw new SyntraceError(
      'MODEL_RUNTIME_MISSING',
      { detail: `onnxruntime-web could not be loaded (${messageOf(error)})`, remedy: 'npm install onnxruntime-web' },
      error,
    );
  });
  if (wasmPaths !== undefined) ort.env.wasm.wasmPaths = wasmPaths;
  // More than one thread needs shared memory, which a page has only when it is isolated.
  ort.env.wasm.numThreads = globalThis.crossOriginIsolated ? threads : 1;
  return ort;
}

async function probeGpu(): Promise<Availability> {
  const gpu = (globalThis.navigator as { readonly gpu?: Gpu } | undefined)?.gpu;
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (!adapter) return unavailable('PROVIDER_UNAVAILABLE', gpu ? 'there is no WebGPU adapter' : 'this browser offers no WebGPU', 'Use provider wasm.');
  const { vendor = '', architecture = '', isFallbackAdapter } = adapter.info ?? {};
  return { ok: true, detail: `WebGPU, ${[vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter'}${isFallbackAdapter ? ' (software)' : ''}` };
}

const isSoftware = (availability: Availability): boolean => availability.ok && /\(software\)|swiftshader/i.test(availability.detail);

/** A browser says on its console each time that there is no adapter, so it is asked once. */
function asked(): () => Promise<Availability> {
  let answer: Promise<Availability> | undefined;
  return () => (answer ??= probeGpu());
}

/** WebGPU where there is a card, else WebAssembly. An adapter in software is far slower than WASM, so it is used only when it is named. */
export function browserProviders(settings: WebSettings, wanted: string): readonly Provider[] {
  const gpu = asked();
  return [
    {
      id: 'webgpu',
      onlyNamed: false,
      async probe() {
        const availability = await gpu();
        if (wanted === 'webgpu' || !isSoftware(availability)) return availability;
        return unavailable('PROVIDER_UNAVAILABLE', 'the WebGPU adapter is software', 'Name provider webgpu to use it all the same.');
      },
      load: threads => ready(import('onnxruntime-web/webgpu') as Promise<WebModule>, settings, threads),
      sessionOptions: () => ({ executionProviders: ['webgpu'] }),
    },
    {
      id: 'wasm',
      onlyNamed: false,
      probe: async () => ({
        ok: true,
        detail: `ONNX Runtime as WebAssembly${globalThis.crossOriginIsolated ? ', threads' : ', one thread: the page is not isolated'}`,
      }),
      load: threads => ready(import('onnxruntime-web/wasm') as Promise<WebModule>, settings, threads),
      sessionOptions: () => ({ executionProviders: ['wasm'] }),
    },
  ];
}
