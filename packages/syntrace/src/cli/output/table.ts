import { isFailedRow, type Row } from '../../rows.js';
import { lineWidth, paint } from './terminal.js';

const COLOURS = { synthetic: 'red', real: 'green', inconclusive: 'yellow' } as const;
const VERDICT_WIDTH = 14;
/** Below this width of the terminal the path is worth more than how real photographs score. */
const WIDE = 100;

interface Column {
  readonly title: string;
  readonly width: number;
  readonly wide?: boolean;
  cell(row: Exclude<Row, { error: unknown }>): string;
}

/** What is not quite certain never reads as 0 % or 100 %. */
function percent(value: number | null): string {
  if (value === null) return '–';
  if (value > 0 && value < 0.001) return '<0.1 %';
  if (value < 1 && value > 0.999) return '>99.9 %';
  return `${(100 * value).toFixed(1)} %`;
}

const COLUMNS: readonly Column[] = [
  { title: 'probability', width: 13, cell: row => percent(row.probability) },
  { title: 'score', width: 9, cell: row => row.score?.toFixed(2) ?? '–' },
  { title: 'as high on real photos', width: 24, wide: true, cell: row => (row.realShare === 0 ? 'none seen' : percent(row.realShare)) },
];

const shown = (): readonly Column[] => (lineWidth() >= WIDE ? COLUMNS : COLUMNS.filter(column => !column.wide));

export const tableHeader = (): string =>
  paint(
    process.stdout,
    'bold',
    `${'verdict'.padEnd(VERDICT_WIDTH)}${shown()
      .map(({ title, width }) => title.padEnd(width))
      .join('')}file`,
  );

/** One result as a line; the path comes last, since its length is not known. */
export function tableLine(row: Row): string {
  const verdict = (word: string, colour: Parameters<typeof paint>[1]) => paint(process.stdout, colour, word.padEnd(VERDICT_WIDTH));
  if (isFailedRow(row)) {
    const { code, message } = row.error;
    return `${verdict('not judged', 'magenta')}${code} ${message.includes(row.path) ? message : `${row.path}: ${message}`}`;
  }
  const line = `${verdict(row.verdict, COLOURS[row.verdict])}${shown()
    .map(column => column.cell(row).padEnd(column.width))
    .join('')}${row.path}`;
  return row.score === null ? `${line}  (${row.warnings[0]?.message ?? 'abstained'})` : line;
}
