import { isCounter, parametersOf, SyntraceError, seededState } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/checkpoint/read-checkpoint.js';
import { fitState } from '../../src/network/fit-state.js';
import { fixture } from '../platform/node.js';
import { ANSWER, importable, TINY } from './tiny.js';

const fitted = async (name: string) => {
  const { tensors } = readCheckpoint(await fixture(name), name);
  return fitState(tensors, TINY, importable.ignored, name);
};

describe('every published layout gives the same state', () => {
  it.each([
    ['flat.pth', 'PyTorch zip', null, ''],
    ['wrapped.pth', 'PyTorch zip', 'model', 'module.'],
    ['legacy.pth', 'PyTorch legacy', null, ''],
    ['legacy-wrapped.pth', 'PyTorch legacy', 'model', 'module.'],
    ['lightning.ckpt', 'PyTorch zip', 'state_dict', 'model.'],
    ['state.safetensors', 'safetensors', null, ''],
    ['stray.pth', 'PyTorch zip', null, ''],
  ])('%s', async (name, format, wrapper, prefix) => {
    const read = readCheckpoint(await fixture(name), name);
    expect([read.format, read.wrapper]).toEqual([format, wrapper]);
    const { state, prefix: cut } = await fitted(name);
    expect(cut).toBe(prefix);
    // The fixtures' weights come from the same seed, drawn in Python.
    expect(state).toEqual(seededState(TINY, importable.proof.seed));
  });

  it('and torch counted its batches, which is not read', async () => {
    expect([...readCheckpoint(await fixture('flat.pth'), 'flat.pth').tensors.keys()].filter(isCounter)).toHaveLength(2);
    expect(parametersOf(TINY).map(({ name }) => name)).not.toContain('norm.num_batches_tracked');
  });
});

describe('a file that is no state of the network is refused by name', () => {
  it.each<[name: string, code: string, words: RegExp]>([
    ['missing.pth', 'CHECKPOINT_MISMATCH', /1 of 13 parameters are missing: norm2\.running_var/],
    ['extra.pth', 'CHECKPOINT_MISMATCH', /1 entries do not belong to it: extra\.weight/],
    ['wrong-shape.pth', 'CHECKPOINT_MISMATCH', /stem\.weight has the shape \[4, 3, 5, 5\], expected \[4, 3, 3, 3\]/],
    ['half.pth', 'CHECKPOINT_MISMATCH', /head\.weight is float16, expected float32/],
    ['nan.pth', 'CHECKPOINT_MISMATCH', /head\.bias holds numbers that are not finite/],
    ['channels-last.pth', 'CHECKPOINT_INVALID', /stem\.weight is not in row order.*contiguous/],
    ['whole-module.pth', 'CHECKPOINT_UNSAFE', /__main__\.Tiny/],
    ['list.pth', 'CHECKPOINT_INVALID', /holds no dictionary/],
  ])('%s', async (name, code, words) => {
    const failure = await fitted(name).catch((error: unknown) => error);
    expect(SyntraceError.is(failure)).toBe(true);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(words) });
    expect(String(failure)).toContain(name);
  });

  it('as a state of another network', async () => {
    const other = { ...TINY, name: 'other', layers: [{ kind: 'linear', name: 'fc', from: 2, to: 1 } as const] };
    const { tensors } = readCheckpoint(await fixture('flat.pth'), 'flat.pth');
    expect(() => fitState(tensors, other, [], 'flat.pth')).toThrow(
      expect.objectContaining({ code: 'CHECKPOINT_MISMATCH', message: expect.stringMatching(/not a state of other: 2 of 2/) }),
    );
  });
});

it('every cut of a file is a refusal', async () => {
  for (const name of ['flat.pth', 'legacy.pth', 'state.safetensors']) {
    const whole = await fixture(name);
    for (let length = 0; length < whole.length; length += Math.max(1, Math.floor(whole.length / 97))) {
      const read = () => fitState(readCheckpoint(whole.slice(0, length), name).tensors, TINY, [], name);
      expect(read, `${name}, ${length} bytes`).toThrow(expect.objectContaining({ name: 'SyntraceError' }));
    }
  }
});

it('a changed byte never gives other weights in silence', async () => {
  const whole = await fixture('flat.pth');
  const state = (await fitted('flat.pth')).state;
  for (let at = 0; at < whole.length; at += 53) {
    const changed = whole.slice();
    changed[at]! ^= 0x41;
    try {
      expect(fitState(readCheckpoint(changed, 'changed.pth').tensors, TINY, [], 'changed.pth').state, `byte ${at}`).toEqual(state);
    } catch (error) {
      if (!SyntraceError.is(error)) throw error;
    }
  }
});

it('the recorded answer is that of three pictures', () => {
  expect(ANSWER.output).toHaveLength(ANSWER.shape[0]! * 2);
});
