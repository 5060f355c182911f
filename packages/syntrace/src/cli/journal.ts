import { appendFileSync, closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { SyntraceError } from '@syntrace/core';
import type { Row } from '../rows.js';

interface Header {
  readonly syntrace: 1;
  /** What the results depend on; another choice may not be mixed in. */
  readonly settings: string;
}

/** Finished results of a run, one JSON line each, so that an interrupted run goes on without judging twice or losing one.
 *  A last line that was cut off is dropped. */
export class Journal {
  private readonly rows = new Map<string, Row>();
  private readonly file: number;

  constructor(path: string, settings: string) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const [first, ...lines] = whole.split('\n').filter(Boolean);
    if (first !== undefined) this.take(path, first, lines, settings);
    this.file = openSync(path, existsSync(path) ? 'r+' : 'w');
    ftruncateSync(this.file, Buffer.byteLength(whole));
    closeSync(this.file);
    this.file = openSync(path, 'a');
    if (first === undefined) this.append({ syntrace: 1, settings });
  }

  get(path: string): Row | undefined {
    return this.rows.get(path);
  }

  get size(): number {
    return this.rows.size;
  }

  add(row: Row): void {
    this.append(row);
  }

  close(): void {
    fsyncSync(this.file);
    closeSync(this.file);
  }

  private take(path: string, first: string, lines: readonly string[], settings: string): void {
    const header = parse<Header>(path, first);
    if (header.syntrace !== 1) throw new SyntraceError('USAGE', { detail: `${path} is not a journal of syntrace` });
    if (header.settings !== settings) throw new SyntraceError('USAGE', { detail: `${path} belongs to a run with other settings: ${header.settings}` });
    for (const line of lines) {
      const row = parse<Row>(path, line);
      this.rows.set(row.path, row);
    }
  }

  private append(line: Row | Header): void {
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

function parse<T>(path: string, line: string): T {
  try {
    return JSON.parse(line) as T;
  } catch (error) {
    throw new SyntraceError('USAGE', { detail: `${path} is not a journal of syntrace` }, error);
  }
}
