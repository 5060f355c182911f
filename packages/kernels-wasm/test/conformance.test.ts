import { testKernels } from '@syntrace/kernels-conformance';
import { wasmKernels } from '../src/index.js';

const backend = wasmKernels();

testKernels({ name: 'wasm', open: () => backend.open({}) });
