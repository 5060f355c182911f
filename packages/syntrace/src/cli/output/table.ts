import { styleText } from 'node:util';
import { isFailedRow, type Row } from '../../rows.js';

const COLOURS = { synthetic: 'red', real: 'green', inconclusive: 'yellow' } as const;
const WIDTHS = [13, 13, 9, 24] as const;

const cells = (values: readonly string[]): string => values.map((value, i) => value.padEnd(WIDTHS[i] ?? 0)).join('');
const paint = (format: Parameters<typeof styleText>[0], text: string): string => (process.stdout.isTTY ? styleText(format, text) : text);

export const tableHeader = (): string => paint('bold', cells(['verdict', 'probability', 'score', 'as high on real photos', 'file']));

/** One result as a line; the path comes last, since its length is not known. */
export function tableLine(row: Row): string {
  if (isFailedRow(row)) return `${paint('magenta', 'not judged'.padEnd(WIDTHS[0]))}${row.path}: ${row.error.code} ${row.error.message}`;
  const [verdict, ...rest] = [row.verdict, percent(row.probability), row.score === null ? '–' : row.score.toFixed(2), share(row.realShare)];
  const line = `${paint(COLOURS[row.verdict], verdict.padEnd(WIDTHS[0]))}${rest.map((value, i) => value.padEnd(WIDTHS[i + 1]!)).join('')} ${row.path}`;
  return row.score === null ? `${line}  (${row.warnings[0]?.message ?? 'abstained'})` : line;
}

const percent = (value: number | null): string => (value === null ? '–' : `${(100 * value).toFixed(1)} %`);
const share = (value: number | null): string => (value === null ? '–' : value === 0 ? 'none seen' : `${(100 * value).toFixed(1)} %`);
