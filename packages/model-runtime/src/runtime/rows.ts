import { type ModelTensors, type StoredTensor, SyntraceError } from '@syntrace/core';

const widthOf = ({ shape }: StoredTensor): number => shape.slice(1).reduce((a, b) => a * b, 1);

/** How many rows all inputs have. @throws MODEL_FAILED when they differ, or data and shape do */
export function rowsOf(inputs: ModelTensors, file: string, provider: string): number {
  const all = Object.entries(inputs);
  const rows = all[0]?.[1].shape[0] ?? 0;
  const odd = all.find(([, tensor]) => tensor.shape[0] !== rows || tensor.data.length !== rows * widthOf(tensor));
  if (rows > 0 && !odd) return rows;
  const detail = odd
    ? `${odd[0]} has the shape [${odd[1].shape.join(', ')}] and ${odd[1].data.length} values, other inputs ${rows} rows`
    : 'it was given no rows';
  throw new SyntraceError('MODEL_FAILED', { file, id: provider, detail });
}

/** Rows `from`…`to` of each input; a view. */
export function sliced(inputs: ModelTensors, from: number, to: number): ModelTensors {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]) => {
      const width = widthOf(tensor);
      return [name, { dtype: 'f32', shape: [to - from, ...tensor.shape.slice(1)], data: tensor.data.subarray(from * width, to * width) }];
    }),
  );
}

/** Outputs of several runs, one below the other. */
export function joined(parts: readonly ModelTensors[]): ModelTensors {
  const [first] = parts;
  if (parts.length === 1) return first!;
  return Object.fromEntries(
    Object.entries(first!).map(([name, { shape }]) => {
      const all = parts.map(part => part[name]!);
      const data = new Float32Array(all.reduce((sum, part) => sum + part.data.length, 0));
      all.reduce((at, part) => {
        data.set(part.data, at);
        return at + part.data.length;
      }, 0);
      return [name, { dtype: 'f32', shape: [all.reduce((sum, part) => sum + part.shape[0]!, 0), ...shape.slice(1)], data }];
    }),
  );
}
