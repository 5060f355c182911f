import { type ModelFile, messageOf, nearestName, type ProviderReport, SyntraceError } from '@syntrace/core';
import { type Provider, unavailable } from './provider.js';
import { proveSession } from './recorded.js';
import { OrtSession } from './session.js';

type Refused = Extract<ProviderReport['availability'], { ok: false }>;

/** Opens a checked model on the wanted provider, or on the first of those that `auto` takes which works and gives the recorded answer.
 *  @throws PROVIDER_UNKNOWN, PROVIDER_UNAVAILABLE, MODEL_RUNTIME_MISSING, MODEL_SELF_TEST */
export async function openSession(model: ModelFile, providers: readonly Provider[], wanted: string, threads: number): Promise<OrtSession> {
  const failures: unknown[] = [];
  const reasons: string[] = [];
  for (const provider of candidatesOf(providers, wanted)) {
    try {
      return await openOn(provider, model, threads);
    } catch (error) {
      failures.push(error);
      reasons.push(`[${provider.id}] ${messageOf(error)}`);
    }
  }
  // Without the runtime no provider can be used: that is the one reason.
  const [first] = failures.filter(error => failures.length === 1 || SyntraceError.is(error, 'MODEL_RUNTIME_MISSING'));
  if (first) throw first;
  const hint = SyntraceError.is(failures.at(-1)) ? (failures.at(-1) as SyntraceError).hint : 'Name a provider to see its reason alone.';
  throw new SyntraceError('PROVIDER_UNAVAILABLE', { id: wanted, detail: reasons.join('; '), remedy: hint }, failures[0]);
}

/** Whether each provider could be used, as far as can be told without a model; the one that `wanted` would take is marked. */
export async function reportProviders(providers: readonly Provider[], wanted: string): Promise<readonly ProviderReport[]> {
  const taken = new Set(candidatesOf(providers, wanted));
  const reports: ProviderReport[] = [];
  for (const provider of providers) {
    const availability = await provider.probe();
    reports.push({ id: provider.id, chosen: availability.ok && taken.has(provider) && !reports.some(({ chosen }) => chosen), availability });
  }
  return reports;
}

function candidatesOf(providers: readonly Provider[], wanted: string): readonly Provider[] {
  if (wanted === 'auto') return providers.filter(({ onlyNamed }) => !onlyNamed);
  const ids = providers.map(({ id }) => id);
  const named = providers.filter(({ id }) => id === wanted);
  if (named.length === 0) throw new SyntraceError('PROVIDER_UNKNOWN', { id: wanted, nearest: nearestName(wanted, ids), available: ids.join(', ') });
  return named;
}

async function openOn(provider: Provider, model: ModelFile, threads: number): Promise<OrtSession> {
  const availability = await provider.probe();
  if (!availability.ok) throw refusal(provider.id, availability);
  const ort = await provider.load(threads);
  const session = await ort.InferenceSession.create(model.bytes, provider.sessionOptions(threads)).catch((error: unknown) => {
    throw refusal(provider.id, unavailable('PROVIDER_UNAVAILABLE', messageOf(error), 'Use another provider, or check the model.') as Refused, error);
  });
  const open = new OrtSession(ort, session, model.name, provider.id);
  try {
    if (model.recorded) await proveSession(open, model.name, model.recorded);
    return open;
  } catch (error) {
    await open.close();
    throw error;
  }
}

const refusal = (id: string, { code, message, hint }: Refused, cause?: unknown): SyntraceError =>
  code === 'MODEL_RUNTIME_MISSING'
    ? new SyntraceError('MODEL_RUNTIME_MISSING', { detail: message, remedy: hint }, cause)
    : new SyntraceError('PROVIDER_UNAVAILABLE', { id, detail: message, remedy: hint }, cause);
