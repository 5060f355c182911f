import { expect, it } from 'vitest';
import { candidateTables, QUALITIES, ZIGZAG } from './tables.js';

const at = (tables: Float32Array, quality: number, index: number) => tables[QUALITIES.indexOf(quality) * 64 + ZIGZAG[index]!];

it('the zig-zag visits every place once', () => {
  expect([...ZIGZAG].sort((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, i) => i));
});

it('steps are those of the IJG at each quality, without the first and the fine ones', () => {
  const tables = candidateTables(null);
  expect([at(tables, 50, 0), at(tables, 50, 1), at(tables, 50, 2), at(tables, 50, 9), at(tables, 50, 15)]).toEqual([0, 11, 12, 14, 0]);
  expect(at(tables, 90, 1)).toBe(0);
  expect(at(tables, 80, 1)).toBe(4);
});

it('steps that the last encode hides are left out', () => {
  const last = new Array<number>(64).fill(9);
  const tables = candidateTables(last);
  expect(at(tables, 50, 1)).toBe(0);
  expect(at(tables, 50, 2)).toBe(12);
});
