/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createModels } from '@syntrace/model-runtime';

export const runtime = (provider = 'auto') => createModels()({ threads: 2, provider });

const folder = join(process.env.SYNTRACE_SHARED ?? join(import.meta.dirname, '../../../../../shared'), 'golden');
/** Whether the golden data are here; says so loudly when they are not. */
export const hasGolden = existsSync(folder);
if (!hasGolden) process.stderr.write(`\nSKIPPED: golden tests of the baselines: there is no ${folder}. Set SYNTRACE_SHARED.\n`);

/** A file of the golden data, by its path in them. */
export const golden = async (name: string): Promise<Uint8Array> => new Uint8Array(readFileSync(join(folder, name)));

/** A file of test/fixtures. */
export const fixture = async (name: string): Promise<Uint8Array> => new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures', name)));
