import type { Peak } from './peaks.js';
import { periodOf, periodText } from './peaks.js';

/** What leaves a grid of a whole period. */
const LEFT_BY: Readonly<Record<string, string>> = {
  '2': 'the last doubling of the size inside a generator',
  '4': 'two doublings of the size inside a generator',
  '8': 'JPEG coding, and by generators that build a picture out of blocks of 8 pixels',
  '16': 'colour in JPEG files, and by generators that build a picture out of blocks of 16 pixels',
};

/** What the peaks mean, for people who never saw a spectrum. */
export function peakSentence(peaks: readonly Peak[], generator: string): string {
  if (peaks.length === 0) return `No single frequency stands out: the noise resembles that of ${generator} by how it is spread over all frequencies.`;
  const periods = [...new Set(peaks.flatMap(peak => shortest(peak)))];
  const [known] = periods.filter(period => Object.hasOwn(LEFT_BY, period));
  const grids = periods.map(period => `${period} pixels`).join(', ');
  const left = known === undefined ? '' : `; period ${known} is left by ${LEFT_BY[known]}`;
  return `In the noise a regular grid repeats every ${grids}, which is also in pictures of ${generator}${left}.`;
}

function shortest(peak: Peak): readonly string[] {
  const { x, y } = periodOf(peak);
  const both = [x, y].flatMap(each => (each === null ? [] : [each]));
  return both.length === 0 ? [] : [periodText(Math.min(...both))];
}
