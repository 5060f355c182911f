import wasm from '@syntrace/kernels-wasm/inline';
import { goldenSuite } from './golden-suite.js';

goldenSuite(wasm.kernels![0]!);
