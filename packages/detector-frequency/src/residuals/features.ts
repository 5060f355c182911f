import { type Image, type Run, type Tensor, type Window, windowsOption, withTensors } from '@syntrace/core';
import { type FeatureSet, FEATURES as TILE_FEATURES, TILES } from '../features.js';

/** Cells of a histogram of quads (`richModel` of the kernels). */
const CELLS = 169;
/** Planes of the rich model, and what is counted in each of them, at one quantisation step after the other. */
export const PLANES = TILE_FEATURES.channels;
const STEPS = ['fine', 'coarse'] as const;
const HISTOGRAMS = [
  'first difference, along',
  'first difference, across',
  'second difference, along',
  'second difference, across',
  'third difference, along',
  'third difference, across',
  'square',
] as const;

/** Features of the rich model: 3 planes · 2 steps · 7 histograms · 169 cells. */
const RICH_COUNT = PLANES.length * STEPS.length * HISTOGRAMS.length * CELLS;

/** A set of features that means one thing in one plane: what an explanation shows as a cell. */
export interface FeatureGroup {
  readonly name: string;
  readonly plane: number;
  readonly start: number;
  readonly end: number;
}

/** Groups in the order of the features. */
export const GROUPS: readonly FeatureGroup[] = groups();

function groups(): readonly FeatureGroup[] {
  const names = STEPS.flatMap(step => HISTOGRAMS.map(histogram => `${histogram}, ${step}`));
  const rich = PLANES.flatMap((_, plane) => names.map(name => ({ name, plane, size: CELLS })));
  const statistics = TILE_FEATURES.tiles.flatMap(({ tile }) =>
    ['mean', 'deviation'].flatMap(of => PLANES.map((_, plane) => ({ name: `DCT of ${tile}×${tile}, ${of}`, plane, size: tile * tile }))),
  );
  let end = 0;
  return [...rich, ...statistics].map(({ name, plane, size }) => {
    end += size;
    return { name, plane, start: end - size, end };
  });
}

/** Fourth-order co-occurrences of high-pass residuals beside statistics of DCT tiles, as the detector `residuals` has them: 7098 + 1920. */
export const RESIDUALS: FeatureSet = {
  detector: 'residuals',
  method: 'co-occurrences of high-pass residuals (Fridrich and Kodovský, IEEE TIFS 2012) beside log-scaled DCT statistics (Frank et al., ICML 2020)',
  preprocessing: {
    rich: { scale: 'full', planes: PLANES, steps: STEPS, histograms: HISTOGRAMS, cells: CELLS, statistics: ['root of the share'] },
    tiles: TILES.preprocessing,
  },
  count: RICH_COUNT + TILES.count,
  realSpectrum: false,
  of: residualsOf,
};

async function residualsOf(image: Image, windows: readonly Window[], run: Run): Promise<Tensor<'f32'>> {
  const [rich] = await run.intermediate('residual.rich', [image], { windows: windowsOption(windows), scale: 'full' });
  return withTensors(run.kernels, async keep => run.kernels.concat([rich as Tensor<'f32'>, keep(await TILES.of(image, windows, run))]));
}
