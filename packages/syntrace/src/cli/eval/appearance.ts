import { type Detection, type Image, type Kernels, PLUGIN_CONTRACT, type Plugin, type ScoreMeaning, scoreOf, type Tensor, withTensors } from '@syntrace/core';
import type { Appearance } from '@syntrace/evaluation';

export const APPEARANCE = 'sharpness';

/** A baseline has no threshold: nothing is decided, so that only its ranking (AUC, AP) counts. */
const RANKING_ONLY: ScoreMeaning = { threshold: 0, abstention: [-Number.MAX_VALUE, Number.MAX_VALUE], calibration: null, realScoreQuantiles: [] };

/** The log variance of the Laplacian as a score: what a detector must beat before it can claim a trace. What else a glance tells is its evidence, for the
 *  audit of the set. Not registered by default. */
export const appearancePlugin = (): Plugin => ({
  name: 'syntrace-sharpness-baseline',
  version: '1.1.0',
  contract: PLUGIN_CONTRACT,
  detectors: [
    {
      id: APPEARANCE,
      description: 'Log variance of the Laplacian of the luma: a baseline, not a detector',
      unit: 'image',
      byDefault: false,
      requires: { minimumSize: { width: 3, height: 3 } },
      open: async ({ kernels }) => ({
        detect: async (batch, run) => {
          const planes = await run.intermediate('planes', batch, { space: 'bt601' });
          return Promise.all(
            batch.map(async (image, i) => {
              const appearance = await appearanceOf(image, planes[i]!, kernels);
              return scoreOf(appearance.sharpness, RANKING_ONLY, appearance);
            }),
          );
        },
        close: async () => {},
      }),
    },
  ],
});

/** What the baseline saw, if this is its answer. */
export const appearanceIn = ({ id, evidence }: Detection): Appearance | null => (id === APPEARANCE ? (evidence as Appearance | null) : null);

/** Side of the small copy, and of the corner of its spectrum that is its shape. */
const [SIDE, LOW] = [32, 8];

const appearanceOf = (image: Image, plane: Tensor<'f32'>, kernels: Kernels): Promise<Appearance> =>
  withTensors(kernels, async keep => {
    const [variance] = await kernels.read(keep(await kernels.laplacianVariance(plane)));
    const pixels = keep(kernels.tensor('u8', image.data, [1, image.height, image.width, image.channels]));
    const small = keep(await kernels.resize(pixels, { width: SIDE, height: SIDE, resampling: 'linear-antialiased' }));
    const spectrum = await kernels.read(keep(await kernels.dct2(keep(await kernels.colour(small, 'bt601')))));
    // Orthonormal: the first coefficient is the mean times the side, the others' energy the variance times the samples.
    const energy = spectrum.reduce((sum, value) => sum + value * value, 0) - spectrum[0]! ** 2;
    const low = Array.from({ length: LOW * LOW - 1 }, (_, k) => spectrum[Math.floor((k + 1) / LOW) * SIDE + ((k + 1) % LOW)]!);
    const norm = Math.hypot(...low) || 1;
    return {
      sharpness: Math.log(variance! + 1),
      brightness: spectrum[0]! / SIDE,
      contrast: Math.sqrt(Math.max(0, energy)) / SIDE,
      shape: low.map(value => Math.round((1000 * value) / norm)),
    };
  });
