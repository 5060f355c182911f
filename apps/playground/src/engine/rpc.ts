import { messageOf, SyntraceError } from '@syntrace/core';
import { transferHandlers } from 'comlink';
import type { Problem } from './protocol.js';

/** An error that came over from a worker, in the user's words. */
export class EngineError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** The code, words and hint of whatever was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof EngineError) return error.problem;
  if (SyntraceError.is(error)) return error.toJSON();
  return { code: 'UNEXPECTED', message: messageOf(error), hint: '' };
}

/** Errors keep their code and hint on the way; Comlink alone would keep the message only. Called once on either side. */
export function keepErrors(): void {
  const known = transferHandlers.get('throw')!;
  transferHandlers.set('throw', {
    canHandle: known.canHandle,
    serialize: (thrown: unknown): [Problem, Transferable[]] => [problemOf((thrown as { readonly value: unknown }).value), []],
    deserialize(problem: Problem): never {
      throw new EngineError(problem);
    },
  });
}
