import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine } from '../../machine.mjs';

/** Rows of an experiment, one JSON line each, so that an interrupted one goes on. */
export function openRows(out, name) {
  const file = join(out, `${name}.ndjson`);
  const rows = new Map();
  if (existsSync(file))
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const { key, ...row } = JSON.parse(line);
      rows.set(key, row);
    }
  return {
    has: key => rows.has(key),
    add(key, row) {
      rows.set(key, row);
      appendFileSync(file, `${JSON.stringify({ key, ...row })}\n`);
      process.stderr.write(`${key}: ${JSON.stringify(row)}\n`);
    },
    all: () => [...rows.values()],
  };
}

export const meanOf = values => values.reduce((sum, value) => sum + value, 0) / values.length;
export const deviationOf = values =>
  values.length > 1 ? Math.sqrt(values.reduce((sum, value) => sum + (value - meanOf(values)) ** 2, 0) / (values.length - 1)) : 0;

/** `0.978 ± 0.003`; a dash where nothing was measured. */
export function spread(values, digits = 3) {
  const known = values.filter(value => typeof value === 'number');
  if (known.length === 0) return '–';
  return known.length === 1 ? known[0].toFixed(digits) : `${meanOf(known).toFixed(digits)} ± ${deviationOf(known).toFixed(digits)}`;
}

/** Rows by what stays the same over seeds, in the order in which it was first met. */
export function grouped(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/** Writes a table as Markdown and CSV, and says it. */
export function writeTable(out, name, header, lines) {
  const markdown = [
    `| ${header.join(' | ')} |`,
    `|${header.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`,
    ...lines.map(line => `| ${line.join(' | ')} |`),
  ];
  writeFileSync(join(out, `${name}.md`), `${markdown.join('\n')}\n\n${machine().text}\n`);
  const cell = value => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  writeFileSync(join(out, `${name}.csv`), `${[header, ...lines].map(line => line.map(cell).join(',')).join('\n')}\n`);
  console.log(`${markdown.join('\n')}\n\n${machine().text}`);
}
