import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sizesOf } from '../build/sizes.mjs';
import limits from '../size-limits.json' with { type: 'json' };

interface Limit {
  readonly bytes?: number;
  readonly gzip?: number;
}

it.each(Object.entries(limits) as [keyof typeof limits, Limit][])('%s weighs no more than its limit', (part, limit) => {
  const { bytes, gzip } = sizesOf(join(import.meta.dirname, '../dist'))[part];
  expect(bytes).toBeGreaterThan(0);
  if (limit.bytes !== undefined) expect(bytes).toBeLessThanOrEqual(limit.bytes);
  if (limit.gzip !== undefined) expect(gzip()).toBeLessThanOrEqual(limit.gzip);
});
