import { type Detector, type Image, type Run, type Score, scoreOf } from '@syntrace/core';

/** What turns a score into an answer. Take these from a model card once you have measured them. */
const MEANING = { threshold: 0, abstention: null, calibration: null, realScoreQuantiles: [] } as const;

export const detector: Detector = {
  id: '__ID__',
  description: 'Mean luma: an example, not a detector',
  unit: 'image',
  requires: { minimumSize: { width: 8, height: 8 } },
  open: async () => ({
    detect: (batch, run) => Promise.all(batch.map(image => judge(image, run))),
    close: async () => {},
  }),
};

/** Numbers come from `kernels`, shared results (`planes`, …) from `run.intermediate`: they are computed once, whoever asks, and freed by the run. */
async function judge(image: Image, run: Run): Promise<Score> {
  const [plane] = await run.intermediate('planes', [image], { space: 'bt601' });
  const { count, mean } = await run.kernels.moments(null, plane!);
  const brightness = mean.reduce((sum, value) => sum + value, 0) / mean.length;
  return scoreOf(brightness - 128, MEANING, { brightness, rows: count });
}
