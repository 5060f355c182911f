import { batch, signal } from '@preact/signals';
import type { EnsembleSpec } from '@syntrace/core';
import { proxy, type Remote } from 'comlink';
import type { Addition, DetectorInfo, EngineSettings, Registered } from '../engine/protocol.js';
import { type Started, startEngine } from '../engine/started.js';
import type { Engine } from '../worker/engine.js';
import { stored } from './stored.js';

/** More workers than this gain little and each has memory of its own. */
const MOST_JUDGES = 4;

export const settings = stored<EngineSettings>('engine', { backend: 'auto', provider: 'auto', server: null }, value => ({
  ...value,
  server: value.server ?? null,
}));
export const additions = signal<readonly Addition[]>([]);
/** Everything that is registered; empty until the first worker is ready. */
export const detectors = signal<readonly DetectorInfo[]>([]);
/** What judges when the user composed nothing; `null`: equal weights over all that judge by default. */
export const shippedEnsemble = signal<EnsembleSpec | null>(null);

const take = ({ detectors: list, ensemble }: Registered): void =>
  batch(() => {
    detectors.value = list;
    shippedEnsemble.value = ensemble;
  });

let looking: Started | undefined;
const judging: Started[] = [];

/** One worker judges beside the one that draws, and more where there are cores. */
export const judgeCount = Math.max(1, Math.min(MOST_JUDGES, (navigator.hardwareConcurrency || 2) - 1));

/** The worker for what the user looks at just now. */
export function look(): Started {
  if (looking) return looking;
  const started = startEngine(settings.value, additions.value, () => {
    if (looking === started) looking = undefined;
  });
  looking = started;
  started.ready.then(take, () => {});
  return started;
}

/** Worker number `i` of those that judge. */
export function judge(i: number): Started {
  const known = judging[i];
  if (known) return known;
  const started = startEngine(settings.value, additions.value, () => {
    if (judging[i] === started) delete judging[i];
  });
  judging[i] = started;
  return started;
}

/** Starts the first workers before there is a picture. What goes wrong here is said when a picture is judged. */
export function warmUp(): void {
  const first = judge(0);
  look()
    .ready.then(() => first.ready)
    .then(() => first.run(engine => engine.warmUp()))
    .catch(() => {});
}

/** Asks the worker for what the user looks at. */
export const ask = <T>(work: (engine: Remote<Engine>) => Promise<T>): Promise<T> => look().ready.then(() => look().run(work));

/** Tries an addition on one worker and then tells the others. @throws what it is refused for */
export async function add(addition: Addition): Promise<readonly DetectorInfo[]> {
  const before = new Set(detectors.value.map(({ id }) => id));
  const found = await ask(engine => engine.add(addition));
  additions.value = [...additions.value, addition];
  for (const each of judging) if (each) await each.ready.then(() => each.run(engine => engine.add(addition))).catch(() => each.stop());
  take(found);
  return found.detectors.filter(({ id }) => !before.has(id));
}

/** Takes an addition back; all workers start anew without it. */
export function remove(addition: Addition): void {
  additions.value = additions.value.filter(each => each !== addition);
  stopAll();
  look();
}

let configuring: Promise<void> = Promise.resolve();

/** Takes settings that a worker accepts; refused ones change nothing. One change after the other. @throws BACKEND_…, PROVIDER_… */
export function configure(change: Partial<EngineSettings>): Promise<void> {
  const done = configuring.then(() => tryOut({ ...settings.value, ...change }));
  configuring = done.catch(() => {});
  return done;
}

async function tryOut(next: EngineSettings): Promise<void> {
  const trial = startEngine(next, additions.value, () => {
    if (looking === trial) looking = undefined;
  });
  let found: Registered;
  try {
    found = await trial.ready;
    await trial.run(engine => engine.backends());
  } catch (error) {
    trial.stop();
    throw error;
  }
  settings.value = next;
  stopAll();
  looking = trial;
  take(found);
}

/** Ends every worker, and with them their memory; they start again when they are needed. */
export function stopAll(): void {
  looking?.stop();
  looking = undefined;
  for (const each of judging.splice(0)) each?.stop();
}

/** A function that a worker may call. */
export const listener = <T>(listen: (value: T) => void): ((value: T) => void) => proxy(listen);
