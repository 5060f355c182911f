import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import en from './en.json' with { type: 'json' };

const src = join(import.meta.dirname, '..');
const code = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
  .map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

/** Beginnings of keys that are put together, e.g. t(`verdict-${verdict}`). */
const beginnings = [...code.matchAll(/t\(`([\w-]+-)\$\{/g)].map(([, beginning]) => beginning!);
const isUsed = (key: string) =>
  beginnings.some(beginning => key.startsWith(beginning)) || code.includes(`'${key}'`) || code.includes(`'${key.replace(/_(one|other)$/, '')}'`);

// That every key in the code has words is for the compiler.
it('every word is used somewhere', () => {
  expect(Object.keys(en).filter(key => !isUsed(key))).toEqual([]);
});

it('every count has its plural', () => {
  const counted = Object.keys(en).filter(key => key.endsWith('_one'));
  expect(counted.filter(key => !(key.replace(/_one$/, '_other') in en))).toEqual([]);
});
