import { type ColourMap, type Explanation, type Image, type Run, type Window, windowsOption, withTensors } from '@syntrace/core';
import { drawPlane } from '../draw-plane.js';
import { drawWhere, largestOf } from '../where.js';
import { windowsOf } from '../windows.js';
import { logitsOf, type OpenClassifier } from './judge.js';
import { channelsOf, type Preprocessing } from './meaning.js';
import type { Classifier } from './model.js';
import { valuesOf } from './values.js';

/** Share of the coefficients whose place in the picture is shown. */
const SHOWN = 0.02;
const NAMED = 5;
const EDGE = 512;

/** The spectrum of the middle window, how it differs from that of the real training pictures, which coefficients pushed the score, and where they lie. */
export async function explainClassifier(image: Image, open: OpenClassifier, run: Run): Promise<readonly Explanation[]> {
  const { preprocessing } = open.classifier;
  const { size } = preprocessing;
  if (Math.min(image.width, image.height) < size) return [];
  const windows = windowsOf(image.width, image.height, size);
  const window = windows[Math.floor(windows.length / 2)]!;
  const enlarge = Math.max(1, Math.floor(EDGE / size));
  const draw = async (values: Float32Array, map: ColourMap, low: number, high: number): Promise<Pick<Explanation, 'picture' | 'enlarge'>> => ({
    picture: await drawPlane(values, size, map, low, high, run),
    enlarge,
  });
  const spectrum = await overChannels(await spectrumOf(image, window, preprocessing, run), preprocessing, run);
  const push = await pushOf(image, window, open, run);
  const cells = await overChannels(push.values, preprocessing, run, 1);
  const reach = cells.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return [
    {
      id: 'frequency.spectrum',
      title: 'Spectrum',
      description: 'Log DCT spectrum of a window, averaged over the channels; low frequencies at the top left.',
      ...(await draw(spectrum, 'inferno', Math.log(0.3), 6)),
      scale: { low: 'weak', high: 'strong', map: 'inferno' },
    },
    ...(preprocessing.input === 'log-dct' ? [await deviationFrom(open.classifier, spectrum, draw, run)] : []),
    {
      id: 'frequency.push',
      title: push.title,
      description: `${push.description} Strongest: ${strongest(push.values, preprocessing)}.`,
      ...(await draw(cells, 'coolwarm', -reach, reach)),
      scale: { low: 'towards real', high: 'towards synthetic', map: 'coolwarm' },
    },
    ...(preprocessing.input === 'log-dct' ? [await drawWhere(image, window, largestOf(cells, SHOWN), run)] : []),
  ];
}

/** Log spectrum of a window, whatever the classifier is shown: [channels · size · size]. */
async function spectrumOf(image: Image, window: Window, { colour, eps }: Preprocessing, run: Run): Promise<Float32Array> {
  const [values] = await run.intermediate('dct2.log', [image], { space: colour === 'grey' ? 'pillow-l' : 'rgb', windows: windowsOption([window]), eps });
  return run.kernels.read(values!);
}

async function deviationFrom(
  { real, deviation, preprocessing }: Classifier,
  spectrum: Float32Array,
  draw: (values: Float32Array, map: ColourMap, low: number, high: number) => Promise<Pick<Explanation, 'picture' | 'enlarge'>>,
  run: Run,
): Promise<Explanation> {
  const [mean, spread] = [await overChannels(real, preprocessing, run), await overChannels(deviation, preprocessing, run)];
  return {
    id: 'frequency.difference',
    title: 'Against the training pictures',
    description: 'How far the spectrum is from the mean of the real training pictures (of all, where the weights were imported), in deviations.',
    ...(await draw(
      spectrum.map((value, i) => (value - mean[i]!) / spread[i]!),
      'coolwarm',
      -3,
      3,
    )),
    scale: { low: 'less', high: 'more', map: 'coolwarm' },
  };
}

interface Push {
  readonly title: string;
  readonly description: string;
  /** [channels · size · size] */
  readonly values: Float32Array;
}

/** What each value adds to the score of a linear classifier: weight·(value − mean)/deviation. Of a network, which has no such sum, the deviations themselves. */
async function pushOf(image: Image, window: Window, open: OpenClassifier, run: Run): Promise<Push> {
  const { mean, deviation, weights, preprocessing } = open.classifier;
  const values = await run.kernels.read(await valuesOf(image, [window], preprocessing, run));
  const standard = values.map((value, i) => (value - mean[i]!) / deviation[i]!);
  if (!weights)
    return {
      title: 'What is unusual',
      description: 'How far each coefficient is from the training pictures: a network has no weight for each.',
      values: standard,
    };
  const [logits] = await logitsOf(image, [window], open, run);
  // Of several classes: the nearest generated one against real.
  const others = Array.from(logits!).slice(1);
  const row = others.length > 0 ? 1 + others.indexOf(Math.max(...others)) : 0;
  const weight = (i: number) => weights[row * standard.length + i]! - (row > 0 ? weights[i]! : 0);
  const description = 'Contribution of each coefficient to the score: red pushes towards synthetic, blue towards real. All of them and the bias add up to it.';
  return { title: 'What pushed the score', description, values: standard.map((value, i) => weight(i) * value) };
}

/** Mean over the channels, or their sum with a weight of 1: [channels · size · size] → [size · size]. */
async function overChannels(values: Float32Array, preprocessing: Preprocessing, run: Run, weight = 1 / channelsOf(preprocessing)): Promise<Float32Array> {
  const channels = channelsOf(preprocessing);
  if (channels === 1) return values;
  const { kernels } = run;
  const { size } = preprocessing;
  return withTensors(kernels, async keep => {
    const pixels = await kernels.read(keep(await kernels.interleave(keep(kernels.tensor('f32', values, [1, channels, size, size])))));
    const rows = keep(kernels.tensor('f32', pixels, [size * size, channels]));
    const weights = keep(kernels.tensor('f32', new Float32Array(channels).fill(weight), [1, channels]));
    return kernels.read(keep(await kernels.linear(rows, weights, keep(kernels.tensor('f32', new Float32Array(1), [1])))));
  });
}

/** The coefficients with the largest values, as `row,column channel`. */
function strongest(values: Float32Array, { size, colour }: Preprocessing): string {
  const order = Array.from(largestOf(values, NAMED / values.length).entries()).flatMap(([i, chosen]) => (chosen ? [i] : []));
  const name = (i: number) => `${Math.floor(i / size) % size},${i % size}${colour === 'rgb' ? ` ${'RGB'[Math.floor(i / size ** 2)]}` : ''}`;
  return order
    .sort((a, b) => values[b]! - values[a]!)
    .slice(0, NAMED)
    .map(i => `${name(i)} (${values[i]!.toFixed(2)})`)
    .join(', ');
}
