import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sizesOf } from '../build/sizes.mjs';
import limits from '../size-limits.json' with { type: 'json' };

it.each(Object.entries(limits))('%s weighs at most %i bytes gzipped', (part, limit) => {
  const { gzip } = sizesOf(join(import.meta.dirname, '../dist'))[part as keyof typeof limits];
  expect(gzip).toBeGreaterThan(0);
  expect(gzip).toBeLessThanOrEqual(limit);
});
