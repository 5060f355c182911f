import { SyntraceError } from '@syntrace/core';

/** Probabilities of real photographs by their name, as one model gave them. */
export type Negatives = ReadonlyMap<string, number>;

const COLUMNS = ['image_filename', 'score'] as const;

/** A calibration table: CSV with the columns image_filename, class_label and score (specification, section 8). @throws DATA_INVALID */
export function readNegatives(bytes: Uint8Array, file: string): Negatives {
  const refuse = (detail: string): never => {
    throw new SyntraceError('DATA_INVALID', { file, detail });
  };
  const [head = '', ...lines] = new TextDecoder().decode(bytes).split(/\r?\n/);
  const names = head.replace(/^\uFEFF/, '').split(',');
  const [name, score] = COLUMNS.map(column => {
    const at = names.indexOf(column);
    return at >= 0 ? at : refuse(`it has no column ${column}; its first line is ${JSON.stringify(head.slice(0, 80))}`);
  }) as [number, number];
  const found = new Map<string, number>();
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const cells = line.split(',');
    const value = Number(cells[score]);
    if (cells.length !== names.length || cells[score] === '' || !(value >= 0 && value <= 1)) return refuse(`line ${i + 2} has no score in 0…1`);
    if (found.has(cells[name]!)) return refuse(`it has two scores of ${cells[name]}`);
    found.set(cells[name]!, value);
  }
  return found.size > 0 ? found : refuse('it has no rows');
}

/** Several tables of one model as one. @throws DATA_INVALID for a picture that stands in two */
export function joinedNegatives(tables: readonly { readonly file: string; readonly rows: Negatives }[]): Negatives {
  const all = new Map<string, number>();
  for (const { file, rows } of tables)
    for (const [name, score] of rows) {
      if (all.has(name)) throw new SyntraceError('DATA_INVALID', { file, detail: `${name} stands in another table of the same model too` });
      all.set(name, score);
    }
  return all;
}
