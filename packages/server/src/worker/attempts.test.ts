import { describe, expect, it } from 'vitest';
import { afterLapse } from './attempts.js';

const chunk = (count: number, attempt: number) => ({
  id: 'job',
  attempt,
  data: { batch: 'b', items: Array.from({ length: count }, (_, n) => ({ n, uri: `${n}.png` })) },
});

describe('a chunk whose worker ended', () => {
  it('is taken as it is the first time, then halved', () => {
    expect(afterLapse(chunk(64, 0))).toBeNull();
    const lapse = afterLapse(chunk(5, 1));
    expect(lapse && 'split' in lapse && lapse.split.map(({ items }) => items.map(({ n }) => n))).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });

  it('of one picture is tried again, and given up after four', () => {
    expect([1, 2, 3].map(attempt => afterLapse(chunk(1, attempt)))).toEqual([null, null, null]);
    const lapse = afterLapse(chunk(1, 4));
    expect(lapse && 'givenUp' in lapse && lapse.givenUp[0]).toMatchObject({
      item: { n: 0 },
      reused: false,
      answer: { row: { path: '0.png', error: { code: 'JUDGE_CRASHED' } } },
    });
  });

  it('a picture that ends every worker is alone after log2 of the chunk, and the others are judged', () => {
    // The queue as it goes on when whoever takes picture 37 ends.
    const queue = [chunk(64, 0)];
    const judged: number[] = [];
    let deaths = 0;
    for (let job = queue.shift(); job; job = queue.shift()) {
      const lapse = afterLapse(job);
      if (lapse && 'split' in lapse) queue.push(...lapse.split.map(data => ({ id: 'part', attempt: 0, data: { batch: data.batch, items: [...data.items] } })));
      else if (lapse) judged.push(...lapse.givenUp.map(({ item }) => item.n));
      else if (job.data.items.some(({ n }) => n === 37)) {
        deaths++;
        queue.push({ ...job, attempt: job.attempt + 1 });
      } else judged.push(...job.data.items.map(({ n }) => n));
    }
    expect(judged.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, n) => n));
    expect(deaths).toBe(6 + 4);
  });
});
