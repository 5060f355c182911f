import type { Cursor } from './cursor.js';
import type { Parts } from './parts.js';

export interface Box {
  readonly name: string;
  /** First byte after the header. */
  readonly start: number;
  readonly end: number;
}

/** The boxes between two offsets; ends with a finding where a length cannot be. */
export function* boxes(file: Cursor, parts: Parts, start: number, end: number): Generator<Box> {
  for (let at = start; at + 8 <= end && parts.part(); ) {
    const short = file.u32(at);
    const header = short === 1 ? 16 : 8;
    const length = short === 0 ? end - at : short === 1 && at + 16 <= end ? file.u64(at + 8) : short;
    if (length < header || at + length > end) {
      parts.findings.add(at + length > file.length ? 'FILE_TRUNCATED' : 'FILE_LENGTH_IMPOSSIBLE', `a box of ${length} bytes at byte ${at}`);
      return;
    }
    yield { name: file.text(at + 4, 4), start: at + header, end: at + length };
    at += length;
  }
}
