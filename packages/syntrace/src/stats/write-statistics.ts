import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ColourMap, type Kernels, SyntraceError } from '@syntrace/core';
import { npyBytes, type Profile, replaceFile, type SpectrumMap, writeTable } from '@syntrace/datasets';
import { encodePng } from '@syntrace/image-io';
import { figurePdf } from './figure-pdf.js';
import { figureSvg } from './figure-svg.js';
import { type HeatFigure, heatFigures, scalesOf } from './heat-figure.js';
import { type StatisticsSet, statisticsPage } from './page.js';

export type FigureKind = 'png' | 'svg' | 'pdf';

/** Longer side of a PNG at least, by a whole factor. */
const SIDE = 512;

/** Writes arrays, figures, profiles and the page of a set of maps. */
export async function writeStatistics(
  out: string,
  sets: readonly StatisticsSet[],
  maps: readonly SpectrumMap[],
  profiles: readonly Profile[],
  { kernels, colours, kinds }: { readonly kernels: Kernels; readonly colours: ColourMap; readonly kinds: readonly FigureKind[] },
): Promise<void> {
  for (const folder of ['arrays', 'figures']) await mkdir(join(out, folder), { recursive: true });
  const scale = scalesOf(maps);
  const figures: HeatFigure[] = [];
  for (const map of maps) {
    await replaceFile(join(out, 'arrays', `${map.kind}_${map.set}.npy`), await interleaved(map, kernels));
    for (const figure of await heatFigures(map, scale(map), colours, kernels)) {
      figures.push(figure);
      await writeFigures(join(out, 'figures'), [figure], kinds);
    }
  }
  await writeTable(
    join(out, 'profiles.csv'),
    ['set', 'channel', 'radius', 'mean', 'deviation'],
    profiles.flatMap(({ set, channels, mean, deviation }) => {
      const rings = mean.length / channels;
      return [...mean].map((value, i) => ({ set, channel: Math.floor(i / rings), radius: i % rings, mean: value, deviation: deviation[i]! }));
    }),
  );
  await replaceFile(join(out, 'index.html'), await statisticsPage(sets, profiles, figures));
}

/** Kinds by their names. @throws USAGE */
export function kindsOf(words: readonly string[]): readonly FigureKind[] {
  const unknown = words.find(word => !Object.hasOwn(DRAW, word));
  if (unknown) throw new SyntraceError('USAGE', { detail: `--figures ${unknown}; known: ${Object.keys(DRAW).join(', ')}` });
  return words as readonly FigureKind[];
}

/** Each figure in each kind, by its name. */
export async function writeFigures(folder: string, figures: readonly HeatFigure[], kinds: readonly FigureKind[]): Promise<void> {
  for (const figure of figures) for (const kind of kinds) await replaceFile(join(folder, `${figure.name}.${kind}`), await DRAW[kind](figure));
}

const DRAW: Readonly<Record<FigureKind, (figure: HeatFigure) => Promise<string | Uint8Array> | Uint8Array>> = {
  png: figure => encodePng(figure.picture, { enlarge: Math.max(1, Math.floor(SIDE / Math.max(figure.picture.width, figure.picture.height))) }),
  svg: figureSvg,
  pdf: figurePdf,
};

/** The array as the published code has it: [row, column] or [row, column, channel], float64. */
async function interleaved({ shape, values }: SpectrumMap, kernels: Kernels): Promise<Uint8Array> {
  const [channels, height, width] = shape;
  if (channels === 1) return npyBytes('<f8', values, [height, width]);
  const planes = kernels.tensor('f64', values, [1, channels, height, width]);
  const pixels = await kernels.interleave(planes).finally(() => kernels.free(planes));
  return npyBytes('<f8', await kernels.read(pixels).finally(() => kernels.free(pixels)), [height, width, channels]);
}
