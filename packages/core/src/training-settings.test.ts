import { expect, it } from 'vitest';
import { checkShares, checkWhole, optionValues } from './training-settings.js';

const declared = {
  rate: { type: 'number', default: 0.5, description: '' },
  recipe: { type: 'string', default: 'a', choices: ['a', 'b'], description: '' },
  grey: { type: 'boolean', default: false, description: '' },
} as const;

it('takes what is given, else what another recipe says, else the default', () => {
  expect(optionValues(declared, { rate: 2 }, { rate: 1, recipe: 'b' })).toEqual({ rate: 2, recipe: 'b', grey: false });
});

it.each([
  [{ rat: 1 }, /unknown training option rat; known: rate, recipe, grey/],
  [{ rate: '1' }, /option rate must be a number, received 1/],
  [{ recipe: 'c' }, /option recipe must be a or b, received c/],
])('refuses %o', (given, words) => {
  expect(() => optionValues(declared, given as never)).toThrow(words);
});

it('refuses numbers that are not whole, too small, or no share', () => {
  expect(() => checkWhole({ n: 1.5 }, [['n', 1]])).toThrow(/whole number from 1, received 1.5/);
  expect(() => checkWhole({ n: 0 }, [['n', 1]])).toThrow(/whole number from 1/);
  expect(() => checkShares({ p: Number.NaN }, ['p'])).toThrow(/in 0…1/);
  checkWhole({ n: 1 }, [['n', 1]]);
  checkShares({ p: 1 }, ['p']);
});
