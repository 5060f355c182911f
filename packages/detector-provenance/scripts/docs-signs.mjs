// Writes the table of signs into docs/provenance.md between its marks; with --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = fileURLToPath(new URL('../../../docs/provenance.md', import.meta.url));
const [begin, end] = ['<!-- signs -->', '<!-- /signs -->'];
const { signs } = JSON.parse(readFileSync(new URL('../src/signs/signs.json', import.meta.url), 'utf8'));
const cell = text => String(text).replaceAll('|', '\\|');

/** One row for each sign of `signs.json`. */
export function signTable() {
  const rows = signs.map(({ id, generator, at, declares, weight, origin, fixture }) =>
    [id, generator ?? '–', at.join(', '), declares, weight, origin, fixture].map(cell).join(' | '),
  );
  return [
    '| sign | names | stands in | declares | weight | comes from | fixture |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map(row => `| ${row} |`),
  ].join('\n');
}

export function filledPage(text = readFileSync(page, 'utf8')) {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/provenance.md must hold ${begin} and ${end}`);
  return `${text.slice(0, from + begin.length)}\n${signTable()}\n${text.slice(to)}`;
}

export const presentPage = () => readFileSync(page, 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes('--check')) writeFileSync(page, filledPage());
  else if (filledPage() !== presentPage()) {
    process.stderr.write('docs/provenance.md has another table than signs.json: run node packages/detector-provenance/scripts/docs-signs.mjs\n');
    process.exitCode = 1;
  }
}
