import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/command/files.js';
import { CheckpointFile } from './checkpoint-file.js';

const SETTINGS = 'frequency 1.0.0';
const bytesOf = (...values: readonly number[]) => Uint8Array.from(values);

async function filled() {
  const path = `${makeTree({})}/deep/train.checkpoint`;
  const checkpoint = await CheckpointFile.open(path, SETTINGS);
  await checkpoint.put('a', bytesOf(1, 2, 3));
  await checkpoint.put('ß "b"', bytesOf());
  await checkpoint.put('c', bytesOf(7));
  checkpoint.close();
  return path;
}

async function contentsOf(path: string) {
  const checkpoint = await CheckpointFile.open(path, SETTINGS);
  const values = await Promise.all(['a', 'ß "b"', 'c', 'd'].map(key => checkpoint.get(key)));
  checkpoint.close();
  return values.map(value => value && [...value]);
}

describe('CheckpointFile', () => {
  it('gives back what was put, at once and when it is opened again', async () => {
    const path = await filled();
    expect(await contentsOf(path)).toEqual([[1, 2, 3], [], [7], null]);
    const checkpoint = await CheckpointFile.open(path, SETTINGS);
    await checkpoint.put('d', bytesOf(9));
    await checkpoint.put('a', bytesOf(4));
    expect(await checkpoint.get('a')).toEqual(Buffer.from([4]));
    checkpoint.close();
    expect(await contentsOf(path)).toEqual([[4], [], [7], [9]]);
  });

  it('is whole again wherever it was cut off', async () => {
    const path = await filled();
    const whole = readFileSync(path);
    for (let size = whole.length - 1; size >= 0; size--) {
      truncateSync(path, size);
      const kept = await contentsOf(path);
      for (const [i, expected] of [[1, 2, 3], [], [7]].entries()) expect([null, expected]).toContainEqual(kept[i]);
      const checkpoint = await CheckpointFile.open(path, SETTINGS);
      await checkpoint.put('d', bytesOf(5));
      checkpoint.close();
      expect((await contentsOf(path))[3]).toEqual([5]);
      writeFileSync(path, whole);
    }
  });

  it('drops bytes after the last record that are none', async () => {
    const path = await filled();
    const size = statSync(path).size;
    appendFileSync(path, Uint8Array.of(255, 255, 255, 255, 1, 0, 0, 0, 1));
    expect(await contentsOf(path)).toEqual([[1, 2, 3], [], [7], null]);
    expect(statSync(path).size).toBe(size);
  });

  it('is written anew when most of it was replaced, and holds what counts', async () => {
    const path = await filled();
    const checkpoint = await CheckpointFile.open(path, SETTINGS, 100);
    for (let i = 0; i < 50; i++) {
      await checkpoint.put('d', new Uint8Array(40).fill(i));
      expect(statSync(path).size).toBeLessThan(400);
      expect((await checkpoint.get('d'))![0]).toBe(i);
      expect(await checkpoint.get('a')).toEqual(Buffer.from([1, 2, 3]));
    }
    checkpoint.close();
    expect(await contentsOf(path)).toEqual([[1, 2, 3], [], [7], new Array(40).fill(49)]);
  });

  it.each([
    ['of other settings', async () => await filled(), 'frequency 2.0.0', /other settings/],
    ['that is something else', async () => `${makeTree({ x: 'a text that somebody wrote' })}/x`, SETTINGS, /is not a checkpoint/],
    ['that is short, and something else', async () => `${makeTree({ x: 'a' })}/x`, SETTINGS, /is not a checkpoint/],
    ['that is a folder', async () => makeTree({}), SETTINGS, /is a folder/],
  ])('refuses a file %s, and leaves it as it is', async (_, make, settings, words) => {
    const path = await make();
    const before = statSync(path).isFile() ? readFileSync(path) : null;
    await expect(CheckpointFile.open(path, settings)).rejects.toMatchObject({ code: 'USAGE', message: expect.stringMatching(words) });
    if (before) expect(readFileSync(path)).toEqual(before);
  });
});
