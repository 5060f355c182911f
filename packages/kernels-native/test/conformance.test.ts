import { testKernels } from '@syntrace/kernels-conformance';
import { describe, test } from 'vitest';
import { nativeKernels } from '../src/index.js';

const backend = nativeKernels();
const availability = await backend.probe();

if (availability.ok) {
  testKernels({ name: `native, 1 thread (${availability.detail})`, open: () => backend.open({ threads: 1 }) });
  testKernels({ name: 'native, 3 threads', open: () => backend.open({ threads: 3 }) });
} else {
  console.warn(`SKIPPED: ${availability.message}`);
  describe.skip(`native kernels: ${availability.message}`, () => test('', () => {}));
}
