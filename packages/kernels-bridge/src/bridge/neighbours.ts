import type { NeighbourKernels } from '@syntrace/core';
import { FilterBridge } from './filters.js';

/** Distances between rows and their principal axes. */
export abstract class NeighbourBridge extends FilterBridge implements NeighbourKernels {}
