import { describe, expect, it } from 'vitest';
import { settingsOf } from './training-options.js';

describe('settingsOf', () => {
  it('gives the defaults of the shipped weights', () => {
    expect(settingsOf({})).toMatchObject({
      ...{ model: 'logistic', on: 'tiles', l2: 5.76e-4, setWeights: new Map(), abstain: 0.04, licence: 'unstated', seed: 1 },
    });
  });

  it('gives the published defaults to the published models', () => {
    const published = { on: 'dct', size: 128, classes: 'two', l1: 0.01, l2: 0.01, epochs: 50, batchSize: 32, earlyStopping: 5, rate: 0.001 };
    for (const model of ['log', 'log1', 'log2', 'log3', 'nn', 'cnn', 'resnet']) expect(settingsOf({ model })).toMatchObject({ model, ...published });
    expect(settingsOf({ model: 'ridge', on: 'pixels' })).toMatchObject({ on: 'pixels', l2: 1 });
    expect(settingsOf({ model: 'ridge', on: 'pixels', l2: 5.76e-4 })).toMatchObject({ l2: 5.76e-4 });
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
    [{ penalty: 1 }, /unknown training option penalty; known: model, on, size/],
    [{ constructor: 1 } as never, /unknown training option constructor/],
    [{ model: 'forest' }, /model must be one of logistic, ridge, lasso, elastic, log, .*, received forest/],
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
    [{ model: 'cnn', on: 'tiles' }, /on must be dct or pixels for cnn, received tiles/],
    [{ on: 'wavelets' }, /on must be one of auto, tiles, dct, pixels/],
    [{ classes: 'generators' }, /classes is for dct and pixels/],
    [{ perturbed: true }, /perturbed is for dct and pixels/],
    [{ grey: 'yes' }, /grey must be a boolean, received yes/],
    [{ size: 12.5, on: 'dct' }, /size must be a whole number of at least 1, received 12.5/],
    [{ l1: 0 }, /l1 must be above 0/],
    [{ seed: 0.5 }, /seed must be a whole number, received 0.5/],
  ])('refuses %j', (options, words) => {
    expect(() => settingsOf(options)).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(words) }));
  });
});
