import { readFileSync } from 'node:fs';
import { convolution, fromHalf, type Network, parametersOf, relu, type StoredTensor, seededState, sha256, toHalf } from '@syntrace/core';
import { afterAll, expect, it } from 'vitest';
import { createModels } from '../../src/node.js';
import { importable, TINY } from '../shared/tiny.js';

/** The network of crates/learn-networks/tests/fixtures/classes.json, whose weights and answer after training are PyTorch's. */
const CLASSES: Network = {
  name: 'classes',
  input: { name: 'x', channels: 3 },
  output: { name: 'y' },
  layers: [
    { ...convolution('conv1', 3, 4, 3), bias: true },
    relu,
    { kind: 'average-pool', kernel: 2, stride: 2 },
    { ...convolution('conv2', 4, 5, 3, 2), bias: true },
    relu,
    { kind: 'flatten' },
    { kind: 'linear', name: 'hidden', from: 60, to: 7 },
    relu,
    { kind: 'dropout', rate: 0.5 },
    { kind: 'linear', name: 'fc', from: 7, to: 3 },
  ],
};
const models = createModels()({ threads: 1, provider: 'cpu' });
afterAll(() => models.close());

async function answers(network: Network, state: ReadonlyMap<string, StoredTensor<'f32'>>, x: StoredTensor<'f32'>, precision: 'f32' | 'f16' = 'f32') {
  const bytes = await models.exported(network, state, precision);
  const session = await models.open({ name: `${network.name}.onnx`, bytes, sha256: await sha256(bytes) });
  const { [network.output.name]: output } = await session.run({ x });
  await session.close();
  return { bytes, values: output!.data };
}

it('mean pools, flattened planes and dropout are exported as they are trained', async () => {
  const file = new URL('../../../../crates/learn-networks/tests/fixtures/classes.json', import.meta.url);
  const { x, shape, end, evaluated } = JSON.parse(readFileSync(file, 'utf8'));
  const f32 = (values: readonly number[], size: readonly number[]) => ({ dtype: 'f32', shape: size, data: Float32Array.from(values) }) as const;
  const state = new Map(parametersOf(CLASSES).map(parameter => [parameter.name, f32(end[parameter.name], parameter.shape)]));
  const { values } = await answers(CLASSES, state, f32(x, shape));
  expect(values).toHaveLength(evaluated.length);
  for (const [i, value] of values.entries()) expect(Math.abs(value - evaluated[i])).toBeLessThan(1e-5);
});

it('half precision halves the file and answers as rounded weights do', async () => {
  const state = seededState(TINY, importable.proof.seed);
  const rounded = new Map([...state].map(([name, tensor]) => [name, tensor.shape.length < 2 ? tensor : { ...tensor, data: fromHalf(toHalf(tensor.data)) }]));
  const x = { dtype: 'f32', shape: [2, 3, 8, 8], data: Float32Array.from({ length: 384 }, (_, i) => Math.sin(i)) } as const;
  const [half, whole, plain] = [await answers(TINY, state, x, 'f16'), await answers(TINY, rounded, x), await answers(TINY, state, x)];
  for (const [i, value] of half.values.entries()) expect(Math.abs(value - whole.values[i]!)).toBeLessThan(1e-6);
  expect(half.values).not.toEqual(plain.values);
  const weights = parametersOf(TINY).filter(({ shape }) => shape.length > 1);
  const saved = weights.reduce((sum, { shape }) => sum + 2 * shape.reduce((a, b) => a * b, 1), 0);
  expect(plain.bytes.length - half.bytes.length).toBeGreaterThan(saved - 100 * weights.length);
});
