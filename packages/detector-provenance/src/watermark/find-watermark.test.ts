import type { Kernels } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { readWatermark, signOfWatermark } from './find-watermark.js';
import { MESSAGES } from './messages.js';

const TOTAL = MESSAGES.reduce((sum, { bits }) => sum + bits.length, 0);

/** Kernels whose votes are given; they note what is not given back. */
function votingKernels(votes: Float32Array) {
  const live = new Set<unknown>();
  const make = () => {
    const tensor = {};
    live.add(tensor);
    return tensor;
  };
  const kernels = {
    tensor: make,
    watermarkVotes: async () => make(),
    read: async () => votes,
    free: (...tensors: unknown[]) => {
      for (const tensor of tensors) live.delete(tensor);
    },
  };
  return { kernels: kernels as unknown as Kernels, live };
}

const picture = { width: 256, height: 256, channels: 3 as const, data: new Uint8Array() };

/** Votes in which one message stands with some bits wrong, and 0.5 elsewhere. */
function votesOf(id: string, wrong: number): Float32Array {
  const votes = new Float32Array(TOTAL).fill(0.3);
  let at = 0;
  for (const message of MESSAGES) {
    if (message.id === id)
      votes.set(
        message.bits.map((bit, i) => (i < wrong ? 1 - bit : bit) * 0.6 + 0.2),
        at,
      );
    at += message.bits.length;
  }
  return votes;
}

describe('a watermark', () => {
  it.each(MESSAGES.map(({ id }) => id))('%s is read with one bit of eight wrong, and not with one of three', async id => {
    const { bits, generator } = MESSAGES.find(message => message.id === id)!;
    for (const [wrong, told] of [
      [0, true],
      [Math.floor(bits.length / 8), true],
      [Math.floor(bits.length / 3), false],
    ] as const) {
      const { kernels, live } = votingKernels(votesOf(id, wrong));
      const reading = await readWatermark(picture, kernels);
      expect(reading).toMatchObject({ message: { id }, right: bits.length - wrong });
      const sign = signOfWatermark(reading);
      if (told) expect(sign).toMatchObject({ id, generator, kind: 'watermark', place: 'pixels', verified: null, declares: 'synthetic', weight: 6 });
      else expect(sign).toBeNull();
      expect(live.size).toBe(0);
    }
  });

  it('is not looked for in small, thin or grey pictures', async () => {
    const { kernels } = votingKernels(votesOf('watermark-sdxl', 0));
    for (const other of [{ width: 255 }, { width: 65_536, height: 2 }, { channels: 1 as const }])
      expect(await readWatermark({ ...picture, ...other }, kernels)).toBeNull();
    expect(signOfWatermark(null)).toBeNull();
  });

  it('has bits as the programs write them', () => {
    expect(MESSAGES.map(({ bits }) => bits.length)).toEqual([136, 32, 48, 46]);
    expect(Number.parseInt(MESSAGES[2]!.bits.join(''), 2).toString(16)).toBe('b3ec907bb19e');
  });
});
