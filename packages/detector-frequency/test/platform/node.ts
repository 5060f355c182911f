/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createModels } from '@syntrace/model-runtime';

export const runtime = () => createModels()({ threads: 2, provider: 'auto' });

const place = join(process.env.SYNTRACE_SHARED ?? join(import.meta.dirname, '../../../../../shared'), 'golden/frequency');
/** Whether the golden data are here; says so loudly when they are not. */
export const hasGolden = existsSync(place);
if (!hasGolden) process.stderr.write(`\nSKIPPED: golden tests of published classifiers: there is no ${place}. Set SYNTRACE_SHARED.\n`);

/** A file of the golden data. */
export const golden = async (name: string): Promise<Uint8Array> => new Uint8Array(readFileSync(join(place, name)));
