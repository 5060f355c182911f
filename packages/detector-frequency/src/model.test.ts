import { type Artifact, type ModelCard, type StoredTensor, writeSafetensors } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { FEATURE_COUNT } from './features.js';
import { modelOf, SPECTRUM_TILE, WEIGHTS_FILE } from './model.js';
import { shippedArtifact } from './shipped.js';

const SIZES = { mean: FEATURE_COUNT, deviation: FEATURE_COUNT, weights: FEATURE_COUNT, bias: 1, realSpectrum: SPECTRUM_TILE ** 2 };
const tensorOf = (size: number): StoredTensor => ({ dtype: 'f32', shape: [size], data: new Float32Array(size).fill(0.5) });
const whole = () => new Map<string, StoredTensor>(Object.entries(SIZES).map(([name, size]) => [name, tensorOf(size)]));

async function artifactOf(tensors: ReadonlyMap<string, StoredTensor>, more: Partial<ModelCard> = {}): Promise<Artifact> {
  const { card } = await shippedArtifact();
  return { card: { ...card, ...more }, files: new Map([[WEIGHTS_FILE, writeSafetensors(tensors)]]) };
}

describe('modelOf', () => {
  it('reads every tensor', async () => {
    const model = modelOf(await artifactOf(whole()));
    expect(Object.keys(SIZES).map(name => model[name as keyof typeof SIZES].length)).toEqual(Object.values(SIZES));
  });

  it.each(Object.keys(SIZES))('refuses weights without %s, of another size or type, or with a number that is none', async name => {
    const size = SIZES[name as keyof typeof SIZES];
    const without = whole();
    without.delete(name);
    const wrong: [string, ReadonlyMap<string, StoredTensor>][] = [
      ['absent', without],
      ['one more', whole().set(name, tensorOf(size + 1))],
      ['float64', whole().set(name, { dtype: 'f64', shape: [size], data: new Float64Array(size) })],
      ['NaN', whole().set(name, { dtype: 'f32', shape: [size], data: new Float32Array(size).fill(Number.NaN) })],
    ];
    for (const [what, tensors] of wrong) {
      const artifact = await artifactOf(tensors);
      expect(() => modelOf(artifact), what).toThrow(expect.objectContaining({ code: 'ARTIFACT_INVALID', message: expect.stringContaining(name) }));
    }
  });

  it('refuses a deviation of nought, which nothing can be divided by', async () => {
    const artifact = await artifactOf(whole().set('deviation', { ...tensorOf(FEATURE_COUNT), data: new Float32Array(FEATURE_COUNT) } as StoredTensor));
    expect(() => modelOf(artifact)).toThrow(expect.objectContaining({ code: 'ARTIFACT_INVALID', message: expect.stringContaining('deviation') }));
  });

  it("refuses another detector's card, and one that does not name the weights", async () => {
    const other = await artifactOf(whole(), { detector: 'npr' });
    expect(() => modelOf(other)).toThrow(expect.objectContaining({ code: 'ARTIFACT_INVALID', message: expect.stringContaining('npr') }));
    const { card } = await artifactOf(whole());
    expect(() => modelOf({ card, files: new Map() })).toThrow(expect.objectContaining({ code: 'ARTIFACT_INVALID' }));
  });
});
