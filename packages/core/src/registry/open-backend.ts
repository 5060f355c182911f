import type { Availability, KernelBackend, KernelOptions, Kernels } from '../contract/kernels.js';
import { messageOf, SyntraceError } from '../errors.js';
import type { Registry } from './registry.js';

/** What was found out about one backend while choosing. */
export interface BackendReport {
  readonly id: string;
  readonly priority: number;
  readonly chosen: boolean;
  readonly availability: Availability;
}

export interface OpenedBackend {
  readonly kernels: Kernels;
  readonly reports: readonly BackendReport[];
}

/** Opens the wanted backend; `auto` takes the available one of the highest priority (not below 0).
 *  An explicit choice is honoured or refused, never replaced.
 *  @throws BACKEND_UNKNOWN, BACKEND_UNAVAILABLE, BACKEND_SELF_TEST */
export async function openBackend(registry: Registry, wanted: string, options: KernelOptions): Promise<OpenedBackend> {
  const candidates = wanted === 'auto' ? registry.listBackends().filter(backend => backend.priority >= 0) : [registry.backend(wanted)];
  const reports: BackendReport[] = [];
  const failures: unknown[] = [];
  for (const backend of candidates) {
    const { kernels, availability, error } = await tryOpen(backend, options);
    reports.push({ id: backend.id, priority: backend.priority, chosen: kernels !== null, availability });
    if (kernels) return { kernels, reports };
    failures.push(error);
  }
  if (wanted !== 'auto' && SyntraceError.is(failures[0])) throw failures[0];
  const details = {
    id: wanted,
    detail:
      reports.map(({ id, availability }) => `[${id}] ${availability.ok ? availability.detail : availability.message}`).join('; ') || 'no backend is registered',
    remedy: reports.map(({ availability }) => (availability.ok ? '' : availability.hint)).find(Boolean) ?? 'Register a plugin that offers kernels.',
  };
  throw new SyntraceError('BACKEND_UNAVAILABLE', details, failures[0]);
}

/** Asks every registered backend whether it could be used, without keeping any open. */
export async function probeBackends(registry: Registry, options: KernelOptions): Promise<readonly BackendReport[]> {
  const reports: BackendReport[] = [];
  for (const backend of registry.listBackends()) {
    const { kernels, availability } = await tryOpen(backend, options);
    await kernels?.close().catch(() => {});
    const chosen = availability.ok && backend.priority >= 0 && !reports.some(report => report.chosen);
    reports.push({ id: backend.id, priority: backend.priority, chosen, availability });
  }
  return reports;
}

async function tryOpen(backend: KernelBackend, options: KernelOptions): Promise<{ kernels: Kernels | null; availability: Availability; error?: unknown }> {
  let availability: Availability;
  try {
    availability = await backend.probe();
  } catch (error) {
    availability = { ok: false, code: 'BACKEND_UNAVAILABLE', message: `it could not be probed: ${messageOf(error)}`, hint: 'Use another backend.' };
  }
  if (!availability.ok) {
    const error = new SyntraceError('BACKEND_UNAVAILABLE', { id: backend.id, detail: availability.message, remedy: availability.hint });
    return { kernels: null, availability, error };
  }
  try {
    return { kernels: await backend.open(options), availability };
  } catch (error) {
    const known = SyntraceError.is(error) ? error : undefined;
    const refused = { ok: false, code: known?.code ?? 'BACKEND_UNAVAILABLE', message: messageOf(error), hint: known?.hint ?? 'Use another backend.' } as const;
    return { kernels: null, availability: refused, error };
  }
}
