import { describe, expect, it } from 'vitest';
import { settingsOf } from './training-options.js';

describe('settingsOf', () => {
  it('gives the defaults of the shipped weights', () => {
    expect(settingsOf({})).toEqual({ model: 'logistic', l2: 5.76e-4, setWeights: new Map(), abstain: 0.04, licence: 'unstated', seed: 1 });
  });

  it('takes what is given', () => {
    const options = { model: 'ridge', l2: 0.5, 'set-weights': 'bench=1.5,more=1', abstain: 0, licence: 'CC0', seed: 9 };
    expect(settingsOf(options)).toMatchObject({
      model: 'ridge',
      l2: 0.5,
      setWeights: new Map([
        ['bench', 1.5],
        ['more', 1],
      ]),
      abstain: 0,
      licence: 'CC0',
      seed: 9,
    });
  });

  it.each<[Record<string, string | number | boolean>, RegExp]>([
    [{ penalty: 1 }, /unknown training option penalty; known: model, l2/],
    [{ constructor: 1 } as never, /unknown training option constructor/],
    [{ model: 'forest' }, /model must be logistic or ridge, received forest/],
    [{ l2: '0.1' }, /l2 must be a number, received 0.1/],
    [{ l2: 0 }, /l2 must be above 0, received 0/],
    [{ l2: Number.NaN }, /l2 must be above 0, received NaN/],
    [{ abstain: 0.5 }, /abstain must be in 0…0.5, received 0.5/],
    [{ abstain: -0.1 }, /abstain must be in 0…0.5/],
    [{ abstain: Number.NaN }, /abstain must be in 0…0.5, received NaN/],
    [{ 'set-weights': 'bench' }, /set-weights must look like bench=1.5/],
    [{ 'set-weights': 'bench=0' }, /set-weights must look like/],
    [{ 'set-weights': 'bench=1=2' }, /set-weights must look like/],
    [{ 'set-weights': '=1' }, /set-weights must look like/],
    [{ 'set-weights': 'bench=Infinity' }, /set-weights must look like/],
    [{ seed: 0.5 }, /seed must be a whole number, received 0.5/],
  ])('refuses %j', (options, words) => {
    expect(() => settingsOf(options)).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(words) }));
  });
});
