import { useSignal } from '@preact/signals';
import type { Problem } from '../engine/protocol.js';
import { problemOf } from '../engine/rpc.js';

/** Something that takes a while and may fail: whether it goes on, what it said, what went wrong. */
export function useAttempt() {
  const busy = useSignal(false);
  const said = useSignal('');
  const problem = useSignal<Problem | null>(null);
  const attempt = async (work: () => Promise<string>): Promise<void> => {
    busy.value = true;
    said.value = '';
    problem.value = null;
    try {
      said.value = await work();
    } catch (error) {
      problem.value = problemOf(error);
    }
    busy.value = false;
  };
  return { busy: busy.value, said: said.value, problem: problem.value, attempt };
}
