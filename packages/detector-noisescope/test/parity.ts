import { writeFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';

const found = new Map<string, { largest: number; tolerance: number; compared: number }>();
const facts: [string, string][] = [];

/** Expects a deviation within its tolerance, and notes the largest of its kind for the table. */
export function within(what: string, deviation: number, tolerance: number): void {
  const known = found.get(what) ?? { largest: 0, tolerance, compared: 0 };
  found.set(what, { largest: Math.max(known.largest, deviation), tolerance, compared: known.compared + 1 });
  expect(deviation, what).toBeLessThanOrEqual(tolerance);
}

export const relative = (own: number, golden: number): number => Math.abs(own / golden - 1);

/** Notes something that is equal, not near. */
export const noted = (what: string, value: string): void => void facts.push([what, value]);

/** Writes the parity table of this run as Markdown to the file of SYNTRACE_GOLDEN_TABLE, where that is set. */
export function writesParity(): void {
  afterAll(() => {
    const file = process.env.SYNTRACE_GOLDEN_TABLE;
    if (!file) return;
    const rows = [
      ...facts.map(([what, value]) => `| ${what} | ${value} | equal |`),
      ...[...found].map(
        ([what, { largest, tolerance, compared }]) =>
          `| ${what} | ${compared.toLocaleString('en')} ${compared === 1 ? 'value' : 'values'}, at most ${largest.toExponential(1)} off | ${tolerance} |`,
      ),
    ];
    writeFileSync(file, `| against the published code | largest deviation | tolerance |\n|---|---|---:|\n${rows.join('\n')}\n`);
  });
}
