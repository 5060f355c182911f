import { type Explanation, type Image, type Run, withTensors } from '@syntrace/core';
import { drawPanels } from './draw/panels.js';
import { peaksOf } from './draw/peaks.js';
import { type Plane, rangeOf, wholePlane } from './draw/planes.js';
import { peakSentence } from './draw/words.js';
import { type MaskSimEvidence, UNKNOWN_GENERATOR } from './evidence.js';
import { headsOf, tensorsOf } from './judge/groups.js';
import type { Looked, OpenModel } from './judge/open-model.js';
import { halfOf, logSpectra, planesOf } from './judge/spectra.js';
import type { Generator } from './model/model.js';

/** Side of the part of the residual that is drawn. */
const PART = 256;
const CLIPPED = 0.005;

/** Mask, reference, masked spectrum and product of the nearest generator, side by side; the residual and its spectrum. */
export async function explain(
  image: Image,
  { set, window }: Looked,
  { generators, resembles }: MaskSimEvidence,
  open: OpenModel,
  run: Run,
): Promise<readonly Explanation[]> {
  const nearest = generators[0]!;
  const shown = set.generators.find(({ name }) => name === (resembles === UNKNOWN_GENERATOR ? nearest.generator : resembles))!;
  const near = generators.find(({ generator }) => generator === shown.name)!;
  const { kernels } = run;
  const planes = await planesOf(image, window, run);
  const frontEnd = open.frontEnds.get(shown.frontEnd)!;
  return withTensors(kernels, async keep => {
    const residual = await kernels.read(keep(await frontEnd.residual(planes, kernels)));
    const spectra = keep(await logSpectra(planes, frontEnd, run));
    const four = await panelsOf(shown, keep(await spectraLike(shown, spectra, run)), run);
    const known = resembles !== UNKNOWN_GENERATOR;
    const peaks = known ? peaksOf(four.product) : [];
    const words = known ? peakSentence(peaks, shown.name) : `It resembles no known generator; ${shown.name} is shown, which is the nearest.`;
    const cosines = near.channels.map(value => value.toFixed(3)).join(', ');
    const side = window.width - 2 * frontEnd.margin;
    const spectrum = { side, values: (await kernels.read(spectra)).subarray(0, side * side) };
    return [
      {
        id: 'masksim.panels',
        title: `Against ${shown.name}: mask, reference, spectrum, product`,
        description: `${words} Top: where the model looks (mask), and what it expects there (reference). Bottom: what this picture has there (masked spectrum), and where the two agree (product). Axes in cycles a pixel; rings mark peaks, with their period in pixels. Cosines of Y, Cb, Cr: ${cosines}.`,
        picture: await drawPanels(
          [
            { plane: four.mask, map: 'viridis', reduce: 'mean' },
            { plane: four.reference, map: 'coolwarm', reduce: 'mean', around: true },
            { plane: four.masked, map: 'inferno', reduce: 'mean' },
            { plane: four.product, map: 'viridis', reduce: 'largest' },
          ],
          peaks,
          run,
        ),
        scale: { low: 'little', high: 'much', map: 'viridis' },
      },
      {
        id: 'masksim.residual',
        title: 'Noise',
        description: `What the front end takes for noise in the luma, in the middle of the window at ${window.x}, ${window.y}.`,
        picture: await drawPlane(middleOf({ side, values: residual.subarray(0, side * side) }), 'grey', run),
        scale: { low: 'below', high: 'above', map: 'grey' },
      },
      {
        id: 'masksim.spectrum',
        title: 'Spectrum of the noise',
        description: 'Its logarithm for the luma, zero frequency in the middle: bright dots are regular grids.',
        picture: await drawPlane(spectrum, 'inferno', run),
        scale: { low: 'weak', high: 'strong', map: 'inferno' },
      },
    ];
  });
}

/** Spectra as wide as a generator's planes; a tensor of its own. */
const spectraLike = (generator: Generator, spectra: Parameters<typeof halfOf>[0], run: Run) =>
  generator.width === generator.height ? run.kernels.crop(spectra, [{ x: 0, y: 0, width: generator.width, height: generator.height }]) : halfOf(spectra, run);

interface Four {
  readonly mask: Plane;
  readonly reference: Plane;
  readonly masked: Plane;
  readonly product: Plane;
}

/** The four planes of a generator and a picture, averaged over the channels, of its first mask. */
async function panelsOf(generator: Generator, spectra: Parameters<typeof halfOf>[0], { kernels }: Run): Promise<Four> {
  const { height, width, mixing } = generator;
  const heads = await headsOf([generator], kernels);
  const product = await kernels.maskSimilarityMap(spectra, heads);
  const size = height * width;
  const [mask, map, log] = [(await kernels.read(heads.masks)).subarray(0, 3 * size), await kernels.read(product), await kernels.read(spectra)];
  kernels.free(product, ...tensorsOf(heads));
  const masked = Float32Array.from({ length: 3 * size }, (_, i) => {
    const [c, k] = [Math.floor(i / size), i % size];
    return mask[i]! * (mixing[3 * c]! * log[k]! + mixing[3 * c + 1]! * log[size + k]! + mixing[3 * c + 2]! * log[2 * size + k]!);
  });
  const whole = (channels: Float32Array) => wholePlane(channels, height, width);
  return { mask: whole(mask), reference: whole(generator.references.subarray(0, 3 * size)), masked: whole(masked), product: whole(map) };
}

function middleOf({ side, values }: Plane): Plane {
  const part = Math.min(side, PART);
  const start = Math.floor((side - part) / 2);
  return { side: part, values: Float32Array.from({ length: part * part }, (_, i) => values[(start + Math.floor(i / part)) * side + start + (i % part)]!) };
}

const drawPlane = (plane: Plane, map: 'grey' | 'inferno', { kernels }: Run): Promise<Explanation['picture']> =>
  withTensors(kernels, async keep => {
    const [low, high] = rangeOf(plane, CLIPPED);
    const rgba = keep(await kernels.heatMap(keep(kernels.tensor('f32', plane.values, [plane.side, plane.side])), { map, low, high }));
    return { width: plane.side, height: plane.side, data: await kernels.read(rgba) };
  });
