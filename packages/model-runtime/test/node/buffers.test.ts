import { readFile } from 'node:fs/promises';
import { seededState } from '@syntrace/core';
import { expect, it } from 'vitest';
import { fitState, readCheckpoint } from '../../src/node.js';
import { importable, TINY } from '../shared/tiny.js';

it.each(['flat.pth', 'legacy.pth', 'state.safetensors'])('%s is read out of a Buffer, which shares memory where an array copies', async name => {
  const file = await readFile(new URL(`../fixtures/${name}`, import.meta.url));
  const shifted = Buffer.concat([Buffer.alloc(3), file]).subarray(3);
  for (const bytes of [file, shifted])
    expect(fitState(readCheckpoint(bytes, name).tensors, TINY, [], name).state).toEqual(seededState(TINY, importable.proof.seed));
});
