import { type ModelSession, type ModelTensors, type RecordedRun, recordedInput, SyntraceError } from '@syntrace/core';

/** The first output of a session for the input of a recorded run. @throws MODEL_FAILED */
export async function answerOf(session: Pick<ModelSession, 'inputs' | 'outputs' | 'run'>, run: Pick<RecordedRun, 'seed' | 'shape'>): Promise<Float32Array> {
  const outputs: ModelTensors = await session.run({ [session.inputs[0]!]: recordedInput(run) });
  return outputs[session.outputs[0]!]!.data;
}

/** Largest difference of an answer from the recorded one, absolute below 1 and relative above; infinite for another length or what is not finite. */
export function differenceOf(answer: ArrayLike<number>, { output }: Pick<RecordedRun, 'output'>): number {
  if (answer.length !== output.length) return Number.POSITIVE_INFINITY;
  const differences = output.map((expected, i) => Math.abs(answer[i]! - expected) / Math.max(1, Math.abs(expected)));
  const largest = Math.max(...differences);
  return Number.isFinite(largest) ? largest : Number.POSITIVE_INFINITY;
}

/** Refuses a session that does not give the recorded answer. @throws MODEL_SELF_TEST */
export async function proveSession(session: ModelSession, file: string, recorded: RecordedRun): Promise<void> {
  const difference = differenceOf(await answerOf(session, recorded), recorded);
  if (difference <= recorded.tolerance) return;
  throw new SyntraceError('MODEL_SELF_TEST', { id: session.provider, file, difference: difference.toExponential(1), allowed: recorded.tolerance });
}
