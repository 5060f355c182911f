import { meanOfMethod, type PublishedTable, placeIn } from './published/published-table.js';
import type { EvaluationResult, SliceResult } from './result.js';
import { column, type Table, type TableColumn } from './table.js';

const OWN: readonly TableColumn[] = [
  column('generator', 'Generator', 'text'),
  column('real', 'Real', 'count'),
  column('synthetic', 'Synthetic', 'count'),
  column('accuracy', 'ACC', 'share'),
  column('averagePrecision', 'AP', 'share'),
  column('realAccuracy', 'Real ACC', 'share'),
  column('fakeAccuracy', 'Fake ACC', 'share'),
];
/** Where the figures begin. */
const FIGURES = 3;

/** A table as papers print it, in per cent: for each generator accuracy at the shipped threshold, average precision, and accuracy on real and on fake
 *  pictures alone; then the unweighted mean over the generators. A generator without real pictures of its own is set against all. With `published`
 *  the accuracies of its methods stand beside, `null` where it has no such generator; their mean is over the same generators as ours. */
export function generatorTable({ groups }: Pick<EvaluationResult, 'groups'>, published: PublishedTable | null = null): Table {
  const rows = groups.flatMap(({ group, own, againstAllReal }) => {
    const slice = own ?? againstAllReal;
    return slice ? [[group, slice.counts.real, slice.counts.synthetic, ...figures(slice), ...beside(published, group)]] : [];
  });
  const columns = [...OWN, ...(published?.methods ?? []).map(({ method }) => column(`published_${method}`, method, 'share'))];
  const means = columns.slice(FIGURES).map((_, i) => meanOf(rows.map(row => row[i + FIGURES] as number | null)));
  return { columns, rows: [...rows, ['Mean', null, null, ...means]] };
}

function figures({ metrics, confusion }: SliceResult): readonly (number | null)[] {
  const { trueNegatives, falsePositives, truePositives, falseNegatives } = confusion;
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  const all = [
    metrics.accuracy?.value ?? null,
    metrics.averagePrecision?.value ?? null,
    share(trueNegatives, trueNegatives + falsePositives),
    share(truePositives, truePositives + falseNegatives),
  ];
  return all.map(value => value && 100 * value);
}

function beside(published: PublishedTable | null, group: string): readonly (number | null)[] {
  if (!published) return [];
  const place = placeIn(published, group);
  return published.methods.map(({ accuracy }) => accuracy[place] ?? null);
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length > 0 ? meanOfMethod(known) : null;
}

/** A table in Markdown; shares with one decimal, as printed. */
export function markdownOf({ columns, rows }: Table): string {
  const cell = (value: string | number | null, kind: TableColumn['kind']) =>
    value === null ? '–' : typeof value === 'number' && kind !== 'count' ? value.toFixed(1) : String(value).replaceAll('|', '\\|');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map(({ kind }) => (kind === 'text' ? '---' : '---:'));
  return [
    line(columns.map(({ label }) => label.replaceAll('|', '\\|'))),
    line(rule),
    ...rows.map(row => line(row.map((value, i) => cell(value, columns[i]!.kind)))),
  ].join('\n');
}
