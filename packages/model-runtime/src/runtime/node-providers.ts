import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { type Availability, messageOf, SyntraceError } from '@syntrace/core';
import { type OrtModule, type Provider, unavailable } from './provider.js';

const INSTALL = 'npm install onnxruntime-node';
/** Files of the CUDA provider, which the npm package does not bundle. */
const CUDA_LIBRARY: Readonly<Record<string, string>> = { linux: 'libonnxruntime_providers_cuda.so', win32: 'onnxruntime_providers_cuda.dll' };

let loaded: Promise<OrtModule & { listSupportedBackends?(): readonly { name: string; bundled: boolean }[] }> | undefined;

/** onnxruntime-node, loaded when a model is first opened. @throws MODEL_RUNTIME_MISSING */
function load(): NonNullable<typeof loaded> {
  loaded ??= import('onnxruntime-node');
  const pending = loaded;
  return pending.catch((error: unknown) => {
    if (loaded === pending) loaded = undefined;
    throw new SyntraceError('MODEL_RUNTIME_MISSING', { detail: `onnxruntime-node could not be loaded (${messageOf(error)})`, remedy: INSTALL }, error);
  });
}

/** Where the package keeps the libraries of this machine's kind. */
function libraryFolder(): string {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  return join(dirname(entry), 'bin', 'napi-v6', platform(), arch());
}

async function probe(detail: string): Promise<Availability> {
  try {
    await load();
    return { ok: true, detail };
  } catch (error) {
    const { details, hint } = error as SyntraceError;
    return unavailable('MODEL_RUNTIME_MISSING', String(details.detail), hint);
  }
}

async function probeCuda(): Promise<Availability> {
  const library = CUDA_LIBRARY[platform()];
  if (!library) return unavailable('PROVIDER_UNAVAILABLE', `there is no CUDA provider for ${platform()}`, 'Use provider cpu.');
  const found = await probe('ONNX Runtime with CUDA');
  if (!found.ok) return found;
  const path = join(libraryFolder(), library);
  if (existsSync(path)) return found;
  return unavailable(
    'PROVIDER_UNAVAILABLE',
    `${library} is not there; the npm package does not bundle it`,
    `Put it and its CUDA and cuDNN libraries into ${dirname(path)}: \`node node_modules/onnxruntime-node/script/install --onnxruntime-node-install=cuda12\` fetches it, or take it from the onnxruntime-linux-x64-gpu release of the same version.`,
  );
}

/** CUDA where its library is, else the processor. */
export const nodeProviders: readonly Provider[] = [
  {
    id: 'cuda',
    onlyNamed: false,
    probe: probeCuda,
    load,
    sessionOptions: threads => ({ executionProviders: ['cuda'], intraOpNumThreads: threads, interOpNumThreads: 1 }),
  },
  {
    id: 'cpu',
    onlyNamed: false,
    probe: () => probe('ONNX Runtime on the processor'),
    load,
    sessionOptions: threads => ({ executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1 }),
  },
];
