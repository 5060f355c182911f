import type { ColourMap, Kernels } from '@syntrace/core';
import type { MapKind, SpectrumMap } from '@syntrace/datasets';
import type { Picture } from '@syntrace/image-io';

/** What a figure shows: a statistic of a set, or the weights of a classifier. */
export type ShownKind = MapKind | 'weight';
export type FigureMap = Omit<SpectrumMap, 'kind'> & { readonly kind: ShownKind };

/** One map of one channel in colours. */
export interface HeatFigure {
  /** For file names: `mean_FFHQ`, `mean_FFHQ_red`. */
  readonly name: string;
  readonly title: string;
  readonly kind: ShownKind;
  readonly low: number;
  readonly high: number;
  readonly map: ColourMap;
  /** RGBA, one sample a coefficient. */
  readonly picture: Picture;
  /** The same without alpha. */
  readonly rgb: Uint8Array;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

const CHANNELS = ['red', 'green', 'blue'];

/** What each map shows, in words. */
export const TITLES: Readonly<Record<ShownKind, string>> = {
  mean: 'ln |mean coefficient|',
  std: 'ln deviation of the coefficients',
  'mean-difference': 'ln |mean|: first set − this one',
  'mean-difference-abs': 'the same, absolute',
  'mean-ratio': 'ln |mean|: first set / this one',
  'mean-log': 'mean of ln |coefficient|',
  'std-log': 'deviation of ln |coefficient|',
  'mean-log-difference': 'mean of ln |coefficient|: this set − first one',
  'mean-log-difference-abs': 'the same, absolute',
  'mean-log-ratio': 'mean of ln |coefficient|: first set / this one',
  weight: 'mean |weight| over the channels',
};

/** Least and greatest finite value. */
export function rangeOf(arrays: readonly Float64Array[]): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of arrays)
    for (const value of values)
      if (Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
  return low < high ? { low, high } : { low: Math.min(low, 0), high: low + 1 };
}

/** One scale for each kind over all sets and channels, as published; a ratio is scaled by itself. */
export function scalesOf(maps: readonly SpectrumMap[]): (map: SpectrumMap) => Range {
  const kinds = new Map<MapKind, Float64Array[]>();
  for (const { kind, values } of maps) kinds.set(kind, [...(kinds.get(kind) ?? []), values]);
  const ranges = new Map([...kinds].map(([kind, arrays]) => [kind, rangeOf(arrays)] as const));
  return map => (map.kind === 'mean-ratio' || map.kind === 'mean-log-ratio' ? rangeOf([map.values]) : ranges.get(map.kind)!);
}

/** The channels of a map in colours. */
export async function heatFigures(map: FigureMap, range: Range, colours: ColourMap, kernels: Kernels): Promise<readonly HeatFigure[]> {
  const [channels, height, width] = map.shape;
  const size = height * width;
  const figures: HeatFigure[] = [];
  for (let c = 0; c < channels; c++) {
    const channel = channels > 1 ? CHANNELS[c]! : '';
    const plane = kernels.tensor('f32', Float32Array.from(map.values.subarray(c * size, (c + 1) * size)), [height, width]);
    const heat = await kernels.heatMap(plane, { map: colours, ...range }).finally(() => kernels.free(plane));
    const data = await kernels.read(heat);
    kernels.free(heat);
    figures.push({
      name: [map.kind, map.set, channel].filter(Boolean).join('_'),
      title: `${map.set}${channel && ` (${channel})`}: ${TITLES[map.kind]}`,
      kind: map.kind,
      ...range,
      map: colours,
      picture: { width, height, data },
      rgb: await withoutAlpha(data, kernels),
    });
  }
  return figures;
}

/** The first three of every four bytes: a window on rows of four. */
async function withoutAlpha(rgba: Uint8Array, kernels: Kernels): Promise<Uint8Array> {
  const rows = rgba.length / 4;
  const x = kernels.tensor('u8', rgba, [1, rows, 4, 1]);
  const cut = await kernels.crop(x, [{ x: 0, y: 0, width: 3, height: rows }]).finally(() => kernels.free(x));
  return kernels.read(cut).finally(() => kernels.free(cut));
}
