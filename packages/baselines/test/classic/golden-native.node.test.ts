import native from '@syntrace/kernels-native';
import { describe } from 'vitest';
import { goldenSuite } from './golden-suite.js';

const backend = native.kernels!.find(({ id }) => id === 'native')!;
const availability = await backend.probe();
if (!availability.ok) process.stderr.write(`\nSKIPPED: golden tests of the baselines on the native kernels: ${availability.message}\n`);
describe.skipIf(!availability.ok)('on the native kernels', () => goldenSuite(backend));
