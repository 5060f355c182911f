import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decode, filesIn, readFixture } from '../platform/node.js';
import { sha256 } from '../shared/helpers.js';

// Pillow's decoder enlarges chroma otherwise, so these are the samples of Node, which the page must meet.
const checksums: Readonly<Record<string, string>> = JSON.parse(readFileSync(new URL('../fixtures/avif-in-node.json', import.meta.url), 'utf8'));
const names = filesIn('images').filter(name => name.endsWith('.avif'));

it('avif-in-node.json holds every AVIF fixture', () => expect(Object.keys(checksums).sort()).toEqual(names));

for (const name of names) it(name, async () => expect(await sha256((await decode(await readFixture(`images/${name}`))).data)).toBe(checksums[name]));
