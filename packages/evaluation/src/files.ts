import type { Image } from '@syntrace/core';

/** What one class's files are like. */
export interface FileSummary {
  readonly count: number;
  /** Format, with the JPEG quality rounded to tens: `jpeg 90`, `png`. → pictures */
  readonly formats: Readonly<Record<string, number>>;
  /** `width×height` → pictures */
  readonly sizes: Readonly<Record<string, number>>;
}

/** What one picture says of its file. */
export type PictureFile = Pick<Image, 'width' | 'height'> & { readonly source: Pick<Image['source'], 'format' | 'jpeg'> };

/** Both classes' files, and what was done to all of them alike. */
export interface ClassFiles {
  readonly real: FileSummary;
  readonly synthetic: FileSummary;
}

/** Whether the test set itself tells the classes apart. */
export interface BiasStatement {
  readonly alike: boolean;
  /** Sentences for people, the conclusion first. */
  readonly sentences: readonly string[];
}

/** Share of pictures that would have to change for two classes to count as alike. */
const TOLERANCE = 0.05;

/** Collects what {@link biasStatement} compares, picture by picture. */
export function fileCollector(): { add(label: 0 | 1, image: PictureFile): void; summary(): ClassFiles } {
  const classes = [0, 1].map(() => ({ count: 0, formats: new Map<string, number>(), sizes: new Map<string, number>() }));
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  const plain = ({ count, formats, sizes }: (typeof classes)[number]): FileSummary => ({
    count,
    formats: Object.fromEntries(formats),
    sizes: Object.fromEntries(sizes),
  });
  return {
    add(label, { width, height, source }) {
      const own = classes[label]!;
      own.count++;
      count(own.formats, source.jpeg ? `${source.format} ${Math.round(source.jpeg.quality / 10) * 10}` : source.format);
      count(own.sizes, `${width}×${height}`);
    },
    summary: () => ({ real: plain(classes[0]!), synthetic: plain(classes[1]!) }),
  };
}

/** Compares formats (with JPEG quality) and sizes (pixel counts in half octaves) of both classes: a detector may have learnt them instead of traces. */
export function biasStatement({ real, synthetic }: ClassFiles): BiasStatement {
  const formats = distance(real.formats, synthetic.formats);
  const sizes = distance(real.sizes, synthetic.sizes, octave);
  const differing = [...(formats > TOLERANCE ? ['formats'] : []), ...(sizes > TOLERANCE ? ['sizes'] : [])];
  const alike = differing.length === 0;
  const conclusion = alike
    ? 'Real and synthetic files of this set share formats and sizes, so neither gives the class away.'
    : `Real and synthetic files of this set differ in their ${differing.join(' and ')}: figures below may measure that instead of generator traces.`;
  return { alike, sentences: [conclusion, describe('Real', real), describe('Synthetic', synthetic)] };
}

const describe = (name: string, { count, formats, sizes }: FileSummary) => `${name}: ${count} files; ${largest(formats, count)}; ${largest(sizes, count)}.`;

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
