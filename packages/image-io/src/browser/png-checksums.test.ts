import { readdirSync, readFileSync } from 'node:fs';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { checkChecksums, crc32 } from './png-checksums.js';

const folder = new URL('../../test/fixtures/images/', import.meta.url);

it('is CRC-32', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  const bytes = readFileSync(new URL('full-code-table.gif', folder));
  expect(crc32(bytes)).toBe(zlibCrc32(bytes));
});

it('passes every whole PNG, and none with a changed byte in its data', () => {
  for (const name of readdirSync(folder).filter(each => each.endsWith('.png'))) {
    const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
    expect(() => checkChecksums(bytes), name).not.toThrow();
    const at = Buffer.from(bytes).indexOf('IDAT') + 5;
    bytes[at] = bytes[at]! ^ 1;
    expect(() => checkChecksums(bytes), name).toThrow(/IDAT/);
  }
});
