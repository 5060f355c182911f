import { type StoredTensor, seededState, sha256 } from '@syntrace/core';
import { afterAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/checkpoint/read-checkpoint.js';
import { fitState } from '../../src/network/fit-state.js';
import { networkToOnnx } from '../../src/network/to-onnx.js';
import { withHead } from '../../src/network/with-head.js';
import { onnxProblem } from '../../src/onnx/scan.js';
import { fixture, models } from '../platform/node.js';
import { importable, TINY } from './tiny.js';

const runtime = models()({ threads: 1, provider: 'auto' });
afterAll(() => runtime.close());

const tensor = (shape: readonly number[], data: readonly number[]): StoredTensor<'f32'> => ({ dtype: 'f32', shape, data: Float32Array.from(data) });
const head = new Map([
  ['fc.weight', tensor([1, 2], [3, -2])],
  ['fc.bias', tensor([1], [0.5])],
]);

describe('withHead', () => {
  it('adds the head to the graph, and leaves the model’s own bytes as they are', async () => {
    const model = networkToOnnx(TINY, seededState(TINY, 7));
    const whole = withHead(model, 'y', head, 'logit');
    expect(onnxProblem(whole)).toBeNull();
    expect(whole.subarray(0, model.length)).toEqual(model);
    const session = await runtime.open({ name: 'whole.onnx', bytes: whole, sha256: await sha256(whole) });
    const x = tensor(
      [2, 3, 8, 8],
      Array.from({ length: 384 }, (_, i) => Math.sin(i)),
    );
    const { y, logit } = await session.run({ x });
    expect(session.outputs).toEqual(['y', 'logit']);
    for (const i of [0, 1]) expect(logit!.data[i]).toBeCloseTo(3 * y!.data[2 * i]! - 2 * y!.data[2 * i + 1]! + 0.5, 5);
    await session.close();
  });
});

describe('a state that is a part of a checkpoint', () => {
  const part = (name: string) => async () => fitState(readCheckpoint(await fixture(name), name).tensors, TINY, [], name, { part: true });

  it('is taken out of it, in half precision too', async () => {
    const exact = fitState(readCheckpoint(await fixture('flat.pth'), 'flat.pth').tensors, TINY, importable.ignored, 'flat.pth').state;
    const { state } = await part('half.pth')();
    for (const [name, { data }] of exact) for (const [i, value] of data.entries()) expect(Math.abs(state.get(name)!.data[i]! - value)).toBeLessThan(1e-3);
  });

  it('has to be complete, and nothing under its own prefix may be strange', async () => {
    await expect(part('missing.pth')()).rejects.toMatchObject({ code: 'CHECKPOINT_MISMATCH', message: expect.stringMatching(/norm2\.running_var/) });
    await expect(part('extra.pth')()).rejects.toMatchObject({ code: 'CHECKPOINT_MISMATCH', message: expect.stringMatching(/extra\.weight/) });
  });
});
