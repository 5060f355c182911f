// The compiler of the embedded kernels: NVRTC and ptxas of the pinned versions, from PyPI into .tools/cuda. They need no card.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tools } from '../paths.mjs';
import { run, tail } from '../process.mjs';
import { StepError, step } from '../say.mjs';
import { nvccVersion, nvrtcVersion } from '../versions.mjs';

const folder = join(tools, 'cuda');

function within(part) {
  const lib = join(folder, 'lib');
  const python = existsSync(lib) ? readdirSync(lib).find(name => name.startsWith('python3')) : undefined;
  const file = python && join(lib, python, 'site-packages', 'nvidia', part);
  return file && existsSync(file) ? file : undefined;
}

/** Paths of both, or undefined where they are not installed. */
export function findCudaCompiler() {
  const nvrtc = within('cuda_nvrtc/lib/libnvrtc.so.12');
  const ptxas = within('cuda_nvcc/bin/ptxas');
  return nvrtc && ptxas ? { nvrtc, ptxas } : undefined;
}

/** Installs them where they are missing (90 MB). */
export async function ensureCudaCompiler() {
  if (!findCudaCompiler()) {
    await step(`NVRTC ${nvrtcVersion} and ptxas ${nvccVersion} (once)`, async () => {
      const packages = [`nvidia-cuda-nvrtc-cu12==${nvrtcVersion}`, `nvidia-cuda-nvcc-cu12==${nvccVersion}`];
      for (const args of [
        ['python3', ['-m', 'venv', folder]],
        [join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', ...packages]],
      ]) {
        const { code, output } = await run(...args);
        if (code !== 0)
          throw new StepError(`NVRTC is not installed\n${tail(output, 20)}`, 'Python 3 with venv on Linux x86-64 is needed to compile the CUDA kernels.');
      }
    });
  }
  const compiler = findCudaCompiler();
  if (!compiler) throw new StepError('NVRTC was installed but is not found', 'Delete .tools/cuda and run this again.');
  return compiler;
}

/** Compiles all kernels of a folder into another. */
export async function compileKernels({ nvrtc }, from, to) {
  const script = fileURLToPath(new URL('nvrtc.py', import.meta.url));
  const { code, output } = await run('python3', [script, nvrtc, from, to]);
  if (code !== 0) throw new StepError(tail(output, 40));
}
