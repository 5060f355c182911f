import { abstain, type Detector, type Image, scoreOf } from '@syntrace/core';

const MEANING = { threshold: 0, abstention: null, calibration: { method: 'platt', slope: 1, intercept: 0 }, realScoreQuantiles: [] } as const;

/** A detector for the tests of apps: `judge` gives a picture's score (above 0: synthetic), or `null` to abstain. Needs no kernels. */
export function fakeDetector(id: string, judge: (image: Image) => number | null | Promise<number | null>): Detector<null> {
  return {
    id,
    description: `answers what a test tells it (${id})`,
    unit: 'image',
    requires: { minimumSize: { width: 1, height: 1 } },
    open: async () => ({
      async detect(batch) {
        const scores = await Promise.all(batch.map(judge));
        return scores.map(score => (score === null ? abstain({ code: 'FAKE_ABSTAINED', message: 'the test says so' }, null) : scoreOf(score, MEANING, null)));
      },
      close: async () => {},
    }),
  };
}
