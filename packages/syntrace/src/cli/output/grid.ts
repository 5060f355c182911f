import { lineWidth, paint } from './terminal.js';

const GAP = '  ';
/** The last column gets at least this much, however narrow the terminal is. */
const LEAST = 24;

/** A plain table for terminals and logs; cells may hold several lines. On a terminal the last column is wrapped at words. */
export function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map(row => row.map(cell => cell.split('\n')));
  const widths = head.map((title, i) => Math.max(title.length, ...cells.flatMap(row => (row[i] ?? []).map(line => line.length))));
  const room = lineWidth() - widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  const wrapped = cells.map(row => [...row.slice(0, -1), row.at(-1)!.flatMap(line => wrap(line, Math.max(LEAST, room)))]);
  const line = (values: readonly string[]) =>
    values
      .map((value, i) => value.padEnd(widths[i]!))
      .join(GAP)
      .trimEnd();
  const body = wrapped.flatMap(row => {
    const height = Math.max(...row.map(lines => lines.length));
    return Array.from({ length: height }, (_, y) => line(row.map(lines => lines[y] ?? '')));
  });
  const title = line(head);
  return [...(title ? [paint(process.stdout, 'bold', title)] : []), ...body].join('\n');
}

/** Lines of at most `width`, broken at blanks; a longer word is broken where it must. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(' ', width);
    const at = blank > 0 ? blank : width;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}
