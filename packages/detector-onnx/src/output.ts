import { logit, type ModelTensors, SyntraceError } from '@syntrace/core';
import type { OnnxOutput } from './description.js';

/** Rows of the output that the description names. @throws ARTIFACT_INVALID where there is none, or it has another number of rows */
export function rowsOf(outputs: ModelTensors, output: OnnxOutput, first: string, count: number): readonly Float32Array[] {
  const name = output.name ?? first;
  const tensor = outputs[name];
  const refuse = (detail: string): never => {
    throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.json', detail: `preprocessing.output: ${detail}` });
  };
  if (!tensor) return refuse(`the model has no output ${name}, but ${Object.keys(outputs).join(', ')}`);
  const width = tensor.data.length / count;
  if (tensor.shape[0] !== count) return refuse(`${name} has the shape [${tensor.shape.join(', ')}] for ${count} pictures`);
  const last = output.kind === 'logits' ? Math.max(output.synthetic, output.real) : (output.index ?? 0);
  if (last >= width) return refuse(`${name} has ${width} values for a picture, none at place ${last}`);
  return Array.from({ length: count }, (_, i) => tensor.data.subarray(i * width, (i + 1) * width));
}

/** Log-odds of synthetic against real. */
export function scoreIn(row: Float32Array, output: OnnxOutput): number {
  if (output.kind === 'logits') return row[output.synthetic]! - row[output.real]!;
  const value = row[output.index ?? 0]!;
  const score = output.kind === 'probability' ? logit(value) : value;
  return output.of === 'synthetic' ? score : -score;
}
