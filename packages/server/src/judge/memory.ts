import { readFileSync } from 'node:fs';

const PAGE = 4096;

/** Resident bytes of another process; `undefined` where the system doesn't tell (not Linux) and for one that has ended. */
export function residentBytes(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE;
  } catch {
    return undefined;
  }
}
