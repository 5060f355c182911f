import type { RunProgress } from '@syntrace/core';
import { type Progress, startProgress } from './progress.js';

/** Progress of work in phases, one bar after the other. */
export function phases(): { show(progress: RunProgress): void; stop(): void } {
  let phase = '';
  let progress: Progress | undefined;
  return {
    show({ phase: now, done, total }) {
      if (now !== phase) {
        progress?.stop();
        progress = startProgress(now, total);
        phase = now;
      }
      progress?.to(done, total);
    },
    stop: () => progress?.stop(),
  };
}
