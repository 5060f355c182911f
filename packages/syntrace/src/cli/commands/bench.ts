import { availableParallelism } from 'node:os';
import { type Kernels, nearestName, openBackend, type Registry, SyntraceError } from '@syntrace/core';
import type { KernelBenchmark } from '../../bench/kernels/benchmark.js';
import { KERNEL_BENCHMARKS } from '../../bench/kernels/kernels.js';
import { type Measurement, measure } from '../../bench/measure.js';
import { openSession } from '../open-session.js';
import { grid } from '../output/grid.js';
import type { CommonOptions } from '../program-parts.js';

interface BenchOptions extends CommonOptions {
  readonly size?: readonly string[];
  readonly json?: boolean;
}

/** Times kernels on every available backend (or the named one), one thread and, where a backend has a pool, all of them. */
export async function benchCommand(names: readonly string[], options: BenchOptions): Promise<void> {
  const chosen = names.length > 0 ? names.map(named) : KERNEL_BENCHMARKS;
  const sizes = (options.size ?? ['256']).map(sideOf);
  const { syntrace } = await openSession({ ...options, backend: 'auto' });
  const ids = options.backend && options.backend !== 'auto' ? [options.backend] : syntrace.registry.listBackends().map(backend => backend.id);
  const rows: Measurement[] = [];
  for (const { kernels, label } of await openAll(syntrace.registry, ids, options)) {
    for (const benchmark of chosen) for (const size of sizes) rows.push(await measure(benchmark, kernels, label, size));
    await kernels.close();
  }
  await syntrace.close();
  if (options.json) console.log(JSON.stringify(rows, null, 2));
  else
    console.log(
      grid(
        ['kernel', 'size', 'backend', 'ms', 'Mpixel/s', 'GB/s'],
        rows.map(r => [r.kernel, `${r.size}²×${r.batch}`, r.backend, r.ms.toFixed(3), r.megapixels.toFixed(1), r.gigabytes.toFixed(2)]),
      ),
    );
}

function named(name: string): KernelBenchmark {
  const found = KERNEL_BENCHMARKS.find(benchmark => benchmark.name === name);
  if (found) return found;
  const known = KERNEL_BENCHMARKS.map(benchmark => benchmark.name);
  throw new SyntraceError('USAGE', { detail: `there is no kernel "${name}"${nearestName(name, known)}; known: ${known.join(', ')}` });
}

function sideOf(text: string): number {
  const side = Number(text);
  if (Number.isSafeInteger(side) && side >= 16 && side <= 4096) return side;
  throw new SyntraceError('USAGE', { detail: `--size must be a whole number in 16…4096, received ${text}` });
}

async function openAll(
  registry: Registry,
  ids: readonly string[],
  { concurrency, backend }: BenchOptions,
): Promise<readonly { kernels: Kernels; label: string }[]> {
  const opened: { kernels: Kernels; label: string }[] = [];
  for (const id of ids) {
    for (const threads of new Set([1, concurrency ?? availableParallelism()])) {
      try {
        const { kernels } = await openBackend(registry, id, { threads });
        if (threads > 1 && kernels.threads === 1) await kernels.close();
        else opened.push({ kernels, label: `${id} (${kernels.threads} ${kernels.threads === 1 ? 'thread' : 'threads'})` });
      } catch (error) {
        if (backend === id) throw error;
        console.error(`${id}: ${SyntraceError.is(error) ? error.message : String(error)}`);
        break;
      }
    }
  }
  return opened;
}
