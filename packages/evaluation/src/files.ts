import { type Image, quantileOf } from '@syntrace/core';
import { auc } from './metrics.js';

/** What one class's files are like. */
export interface FileSummary {
  readonly count: number;
  /** Format, with the JPEG quality rounded to tens: `jpeg 90`, `png`. → pictures */
  readonly formats: Readonly<Record<string, number>>;
  /** `width×height` → pictures */
  readonly sizes: Readonly<Record<string, number>>;
  /** Bits that the file spends on a pixel: quartiles. */
  readonly density: readonly [lower: number, median: number, upper: number];
}

/** What one picture says of its file. */
export type PictureFile = Pick<Image, 'width' | 'height'> & { readonly source: Pick<Image['source'], 'format' | 'jpeg' | 'bytes'> };

/** Both classes' files, and what was done to all of them alike. */
export interface ClassFiles {
  readonly real: FileSummary;
  readonly synthetic: FileSummary;
  /** How often a synthetic file spends more bits on a pixel than a real one: 0.5 where the classes are compressed alike. `null` without both. */
  readonly density: number | null;
}

/** Whether the test set itself tells the classes apart. */
export interface BiasStatement {
  readonly alike: boolean;
  /** Sentences for people, the conclusion first. */
  readonly sentences: readonly string[];
}

/** Share of pictures that would have to change for two classes to count as alike. */
const TOLERANCE = 0.05;
/** How far from 0.5 the order of the classes by compression may lie. */
const DENSITY_TOLERANCE = 0.1;

/** Collects what {@link biasStatement} compares, picture by picture. */
export function fileCollector(): { add(label: 0 | 1, image: PictureFile): void; summary(): ClassFiles } {
  const classes = [0, 1].map(() => ({ count: 0, formats: new Map<string, number>(), sizes: new Map<string, number>(), densities: [] as number[] }));
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  const plain = ({ count, formats, sizes, densities }: (typeof classes)[number]): FileSummary => {
    const sorted = Float64Array.from(densities).sort();
    const quartile = (level: number) => (sorted.length > 0 ? quantileOf(sorted, level) : 0);
    return { count, formats: Object.fromEntries(formats), sizes: Object.fromEntries(sizes), density: [quartile(0.25), quartile(0.5), quartile(0.75)] };
  };
  const densityOrder = () =>
    auc(
      classes.flatMap(({ densities }, label) =>
        densities.map(score => ({ label: label as 0 | 1, score, probability: null, verdict: 'inconclusive' as const, group: '' })),
      ),
    );
  return {
    add(label, { width, height, source }) {
      const own = classes[label]!;
      own.count++;
      count(own.formats, source.jpeg ? `${source.format} ${Math.round(source.jpeg.quality / 10) * 10}` : source.format);
      count(own.sizes, `${width}×${height}`);
      own.densities.push((8 * source.bytes) / (width * height));
    },
    summary: () => ({ real: plain(classes[0]!), synthetic: plain(classes[1]!), density: densityOrder() }),
  };
}

/** Compares formats (with JPEG quality), sizes (pixel counts in half octaves) and compression (bits a pixel) of both classes: a detector may have learnt them instead of traces. */
export function biasStatement({ real, synthetic, density }: ClassFiles): BiasStatement {
  const formats = distance(real.formats, synthetic.formats);
  const sizes = distance(real.sizes, synthetic.sizes, octave);
  const differing = [
    ...(formats > TOLERANCE ? ['formats'] : []),
    ...(sizes > TOLERANCE ? ['sizes'] : []),
    ...(density !== null && Math.abs(density - 0.5) > DENSITY_TOLERANCE ? ['compression'] : []),
  ];
  const alike = differing.length === 0;
  const conclusion = alike
    ? 'Real and synthetic files of this set share formats, sizes and compression, so none of them gives the class away.'
    : `Real and synthetic files of this set differ in their ${LIST.format(differing)}: figures below may measure that instead of generator traces.`;
  return { alike, sentences: [conclusion, describe('Real', real), describe('Synthetic', synthetic)] };
}

const LIST = new Intl.ListFormat('en', { type: 'conjunction' });

const describe = (name: string, { count, formats, sizes, density: [lower, median, upper] }: FileSummary) =>
  `${name}: ${count} files; ${largest(formats, count)}; ${largest(sizes, count)}; ${median.toFixed(1)} bits a pixel (quartiles ${lower.toFixed(1)}–${upper.toFixed(1)}).`;

function largest(counts: Readonly<Record<string, number>>, total: number): string {
  const sorted = Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const named = sorted.slice(0, 3).map(([name, n]) => `${name} ${Math.round((100 * n) / total)}\u00a0%`);
  return sorted.length > 3 ? `${named.join(', ')} and ${sorted.length - 3} more` : named.join(', ');
}

function octave(size: string): string {
  const [width, height] = size.split('×').map(Number) as [number, number];
  return String(Math.round(Math.log2(width * height)));
}

/** Total variation distance of two distributions, 0…1. */
function distance(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>, keyOf = (key: string) => key): number {
  const [p, q] = [shares(a, keyOf), shares(b, keyOf)];
  return [...new Set([...p.keys(), ...q.keys()])].reduce((sum, key) => sum + Math.abs((p.get(key) ?? 0) - (q.get(key) ?? 0)), 0) / 2;
}

function shares(counts: Readonly<Record<string, number>>, keyOf: (key: string) => string): Map<string, number> {
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const map = new Map<string, number>();
  for (const [name, n] of Object.entries(counts)) map.set(keyOf(name), (map.get(keyOf(name)) ?? 0) + n / total);
  return map;
}
