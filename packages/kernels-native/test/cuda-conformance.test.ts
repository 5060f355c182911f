import { testKernels } from '@syntrace/kernels-conformance';
import { test } from 'vitest';
import { cudaKernels } from '../src/index.js';

const backend = cudaKernels();
const availability = await backend.probe();

if (availability.ok) {
  testKernels({ name: `cuda, own transforms (${availability.detail})`, open: () => cudaKernels({ transforms: 'own' }).open({ threads: 2 }) });
  if (availability.detail.endsWith('cuFFT found')) testKernels({ name: 'cuda, cuFFT', open: () => cudaKernels({ transforms: 'cufft' }).open({ threads: 2 }) });
} else {
  console.warn(`SKIPPED: ${availability.message}`);
  test('cuda kernels', ({ skip }) => skip(availability.message));
}
