import type { Table, TableColumn } from '@syntrace/evaluation';
import { grid } from './grid.js';
import { lineWidth } from './terminal.js';

/** Columns that a narrow terminal does without, the first to go first. */
const DISPENSABLE: readonly string[] = [
  'tprAt1',
  'realAccuracy',
  'syntheticAccuracy',
  'eer',
  'brier',
  'abstained',
  'inconclusive',
  'balancedAccuracy',
  'f1',
  'averagePrecision',
  'tprAt5',
  'ece',
  'coverage',
  'synthetic',
  'real',
];

interface Shown {
  readonly column: TableColumn;
  readonly cells: readonly string[];
}

/** One evaluation for people: values with their intervals below; what does not fit into the terminal is left out and named. */
export function evaluationGrid({ columns, rows }: Table): string {
  // The name is the heading; an interval stands in its metric's cell.
  const all = columns.flatMap((column, i): Shown[] =>
    column.interval || column.key === 'name' ? [] : [{ column, cells: rows.map(row => cell(row, i, column.kind)) }],
  );
  const shown = fitting(all);
  const left = all.filter(entry => !shown.includes(entry));
  const table = grid(
    shown.map(({ column }) => column.label),
    rows.map((_, y) => shown.map(({ cells }) => cells[y]!)),
  );
  return left.length > 0 ? `${table}\nnot shown for want of width: ${left.map(({ column }) => column.label).join(', ')} (--json and --out have all)` : table;
}

function fitting(all: readonly Shown[]): readonly Shown[] {
  const widthOf = ({ column, cells }: Shown) => 2 + Math.max(column.label.length, ...cells.flatMap(text => text.split('\n').map(line => line.length)));
  let shown = all;
  for (const key of DISPENSABLE) {
    if (shown.reduce((sum, entry) => sum + widthOf(entry), -2) <= lineWidth()) break;
    shown = shown.filter(({ column }) => column.key !== key);
  }
  return shown;
}

function cell(row: Table['rows'][number], i: number, kind: TableColumn['kind']): string {
  const value = row[i];
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string' || kind === 'count') return String(value);
  const [low, high] = kind === 'metric' ? [row[i + 1], row[i + 2]] : [null, null];
  return typeof low === 'number' && typeof high === 'number' ? `${value.toFixed(3)}\n${low.toFixed(2)}–${high.toFixed(2)}` : value.toFixed(3);
}

/** A table in per cent, one decimal, as papers print it. */
export const generatorGrid = ({ columns, rows }: Table): string =>
  grid(
    columns.map(({ label }) => label),
    rows.map(row =>
      row.map((value, i) => (value === null ? '–' : typeof value === 'number' && columns[i]!.kind !== 'count' ? value.toFixed(1) : String(value))),
    ),
  );
