import { PLUGIN_CONTRACT, type Plugin, type ScoreMeaning, scoreOf } from '@syntrace/core';

/** A baseline has no threshold: nothing is decided, so that only its ranking (AUC, AP) counts. */
const RANKING_ONLY: ScoreMeaning = { threshold: 0, abstention: [-Number.MAX_VALUE, Number.MAX_VALUE], calibration: null, realScoreQuantiles: [] };

/** The log variance of the Laplacian as a score: what a detector must beat before it can claim a trace. Not registered by default. */
export const sharpnessDetector = (): Plugin => ({
  name: 'syntrace-sharpness-baseline',
  version: '1.0.0',
  contract: PLUGIN_CONTRACT,
  detectors: [
    {
      id: 'sharpness',
      description: 'Log variance of the Laplacian of the luma: a baseline, not a detector',
      unit: 'image',
      requires: { minimumSize: { width: 3, height: 3 } },
      open: async ({ kernels }) => ({
        detect: async (batch, run) => {
          const planes = await run.intermediate('planes', batch, { space: 'bt601' });
          return Promise.all(
            planes.map(async plane => {
              const variance = await kernels.laplacianVariance(plane);
              const [value] = await kernels.read(variance);
              kernels.free(variance);
              return scoreOf(Math.log(value! + 1), RANKING_ONLY, null);
            }),
          );
        },
        close: async () => {},
      }),
    },
  ],
});
