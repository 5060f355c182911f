import { seededState, sha256 } from '@syntrace/core';
import { expect, it, vi } from 'vitest';
import { createModels, networkToOnnx } from '../../src/node.js';
import { TINY } from '../shared/tiny.js';

vi.mock('onnxruntime-node', () => {
  throw new Error('Cannot find package onnxruntime-node');
});

it('says what to install where onnxruntime-node is missing', async () => {
  const bytes = networkToOnnx(TINY, seededState(TINY, 1));
  const runtime = createModels()({ threads: 1, provider: 'cpu' });
  await expect(runtime.open({ name: 'tiny.onnx', bytes, sha256: await sha256(bytes) })).rejects.toMatchObject({
    code: 'MODEL_RUNTIME_MISSING',
    hint: 'npm install onnxruntime-node',
  });
  expect((await runtime.providers()).every(({ availability }) => !availability.ok)).toBe(true);
});
