import type { NoiseKernels } from '@syntrace/core';
import { RowBridge } from './rows.js';

/** Noise residuals and their correlation. */
export abstract class NoiseBridge extends RowBridge implements NoiseKernels {}
