import { expect, it } from 'vitest';
import { settingsOf } from './options.js';
import { rateAt } from './schedule.js';

it('the published rates: 11 epochs at 2e-4, ten each at nine tenths of those before, nine at the last', () => {
  const settings = settingsOf({ recipe: 'published' });
  const rates = Array.from({ length: settings.niter }, (_, epoch) => rateAt(epoch * 100 + 99, 100, settings));
  const counts = new Map<string, number>();
  for (const rate of rates) counts.set(rate.toPrecision(5), (counts.get(rate.toPrecision(5)) ?? 0) + 1);
  expect([...counts]).toEqual([
    ['0.00020000', 11],
    ['0.00018000', 10],
    ['0.00016200', 10],
    ['0.00014580', 10],
    ['0.00013122', 9],
  ]);
});

it('cosine: up at first, the given rate, half of it in the middle, nearly nought at the end', () => {
  const settings = settingsOf({ lr: 0.01, niter: 40 });
  const at = (step: number) => rateAt(step, 100, settings);
  expect(at(0)).toBeCloseTo(1e-4, 6);
  expect(at(100)).toBeCloseTo(0.01, 4);
  expect(at(2000)).toBeCloseTo(0.005, 6);
  expect(at(3999)).toBeLessThan(1e-5);
});
