import { signal } from '@preact/signals';
import type { Named, PileProgress, PileResult, Problem } from '../engine/protocol.js';
import { problemOf } from '../engine/rpc.js';
import { type Started, startEngine } from '../engine/started.js';
import { additions, listener, settings } from './engines.js';

/** Residuals stay in memory, some 4 bytes a sample. */
export const MOST = 500;

export const pile = signal<readonly Named[]>([]);
export const reference = signal<readonly Named[]>([]);
export const options = signal({ window: 256 as number | null, minimumCluster: 50, mergeThreshold: null as number | null });
export const progress = signal<PileProgress | null>(null);
export const result = signal<PileResult | null>(null);
export const problem = signal<Problem | null>(null);

/** A pile takes minutes, so it has a worker of its own, which is ended with all its memory when it is done. */
let working: Started | undefined;

export async function run(): Promise<void> {
  const mine = startEngine(settings.value, additions.value, () => {});
  working = mine;
  result.value = null;
  problem.value = null;
  progress.value = { phase: 'residuals', done: 0, total: pile.value.length };
  const heard = (step: PileProgress) => {
    if (working === mine) progress.value = step;
  };
  try {
    await mine.ready;
    const found = await mine.run(engine => engine.cluster({ pictures: pile.value, reference: reference.value, ...options.value }, listener(heard)));
    if (working === mine) result.value = found;
  } catch (error) {
    if (working === mine) problem.value = problemOf(error);
  }
  if (working === mine) stop();
}

export function stop(): void {
  working?.stop();
  working = undefined;
  progress.value = null;
}
