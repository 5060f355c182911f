import { appendFileSync, closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { SyntraceError } from '@syntrace/core';
import { prepareFile } from './output/prepare.js';

interface Header {
  readonly syntrace: 1;
  /** What the results depend on; another choice may not be mixed in. */
  readonly settings: string;
}

/** Finished results of a run, one JSON line each, so that an interrupted run goes on without judging twice or losing one.
 *  A last line that was cut off is dropped. */
export class Journal<Entry> {
  private readonly entries = new Map<string, Entry>();

  private constructor(
    private readonly file: number,
    private readonly keyOf: (entry: Entry) => string,
  ) {}

  /** Begins a journal, or goes on with the one that is there. @throws USAGE for a file that is none, that belongs to other settings, or that cannot be written */
  static async open<Entry>(path: string, settings: string, keyOf: (entry: Entry) => string): Promise<Journal<Entry>> {
    await prepareFile(path);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const [first, ...lines] = whole.split('\n').filter(Boolean);
    if (first === undefined && text !== '' && !HEADER_START.startsWith(text.slice(0, HEADER_START.length))) refuse(path);
    if (first !== undefined) checkHeader(path, parse<Header>(path, first), settings);
    const entries = lines.map(line => parse<Entry>(path, line));
    if (whole !== text) cut(path, Buffer.byteLength(whole));
    const journal = new Journal(openSync(path, 'a'), keyOf);
    for (const entry of entries) journal.entries.set(keyOf(entry), entry);
    if (first === undefined) journal.append({ syntrace: 1, settings });
    return journal;
  }

  get(key: string): Entry | undefined {
    return this.entries.get(key);
  }

  /** Written at once, so that a kill loses nothing that was reported. */
  add(entry: Entry): void {
    this.entries.set(this.keyOf(entry), entry);
    this.append(entry);
  }

  close(): void {
    fsyncSync(this.file);
    closeSync(this.file);
  }

  private append(line: Entry | Header): void {
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

const HEADER_START = '{"syntrace":1,';

function cut(path: string, length: number): void {
  const file = openSync(path, 'r+');
  ftruncateSync(file, length);
  closeSync(file);
}

function checkHeader(path: string, header: Partial<Header> | null, settings: string): void {
  if (header?.syntrace !== 1) refuse(path);
  if (header?.settings === settings) return;
  throw new SyntraceError('USAGE', { detail: `${path} belongs to a run with other settings (detectors, weights or threshold); give another file to --resume` });
}

function parse<T>(path: string, line: string): T {
  try {
    return JSON.parse(line) as T;
  } catch (error) {
    return refuse(path, error);
  }
}

/** Somebody's file must not be overwritten because its name was given by mistake. */
function refuse(path: string, cause?: unknown): never {
  throw new SyntraceError('USAGE', { detail: `${path} is not a journal of syntrace` }, cause);
}
