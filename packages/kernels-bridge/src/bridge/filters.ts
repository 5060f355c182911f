import type { FilterKernels } from '@syntrace/core';
import { SpectrumBridge } from './spectra.js';

/** Filters and noise of perturbations. */
export abstract class FilterBridge extends SpectrumBridge implements FilterKernels {}
