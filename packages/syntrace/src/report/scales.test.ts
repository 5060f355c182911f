import { expect, it } from 'vitest';
import { probabilityBar, scoreBar, scoreRange } from './scales.js';
import { entryOf, failedEntry } from './test-entries.js';

it('takes one axis over scores and thresholds of all cards, with room at both ends', () => {
  const entries = [entryOf({ score: -1, threshold: 0.5 }), entryOf({ score: 0, threshold: 1 }), entryOf({ score: null, threshold: null }), failedEntry()];
  expect(scoreRange(entries)).toEqual({ low: -1.1, high: 1.1 });
});

it('has an axis for a single value and none for no values', () => {
  expect(scoreRange([entryOf({ score: 2, threshold: null })])).toEqual({ low: 1, high: 3 });
  expect(scoreRange([failedEntry()])).toBeNull();
  expect(scoreBar({ score: null, threshold: null }, null).markup).toContain('none');
});

it('places the score, the threshold, and the side of synthetic', () => {
  const { markup } = scoreBar({ score: 1, threshold: 0 }, { low: -2, high: 2 });
  expect(markup).toContain('class="dot" style="left:75%"');
  expect(markup).toContain('class="threshold" style="left:50%"');
  expect(markup).toContain('class="beyond" style="left:50%"');
});

it('fills the bar by the probability and says so when there is none', () => {
  expect(probabilityBar({ probability: 0.25 }).markup).toContain('width:25%');
  const { markup } = probabilityBar({ probability: null });
  expect(markup).toContain('not calibrated');
  expect(markup).not.toContain('class="fill"');
});
