import { expect, it } from 'vitest';
import { Turns } from './turns.js';

it('runs shared work side by side and exclusive work with nothing beside it', async () => {
  const turns = new Turns();
  let [running, most, disturbed] = [0, 0, 0];
  const work = (alone: boolean) => async () => {
    running++;
    most = Math.max(most, running);
    for (let i = 0; i < 3; i++) {
      await new Promise(resolve => setTimeout(resolve, 1));
      if (alone && running !== 1) disturbed++;
    }
    running--;
    if (alone) throw new Error('failed');
  };
  const jobs = Array.from({ length: 30 }, (_, i) =>
    i % 5 === 2 ? turns.byItself(work(true)).catch((error: Error) => error.message) : turns.beside(work(false)),
  );
  const results = await Promise.all(jobs);
  expect(results.filter(result => result === 'failed').length).toBe(6);
  expect([most > 1, disturbed, running]).toEqual([true, 0, 0]);
});
