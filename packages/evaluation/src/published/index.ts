import { AIGC_DETECT_BENCHMARK } from './aigc-detect-benchmark.js';
import { FOREN_SYNTHS } from './foren-synths.js';
import { DIFFUSION_FORENSICS, GEN_IMAGE } from './npr-alone.js';
import type { PublishedTable } from './published-table.js';

/** Published tables by the layout of their test set. */
export const PUBLISHED_TABLES: readonly PublishedTable[] = [AIGC_DETECT_BENCHMARK, FOREN_SYNTHS, DIFFUSION_FORENSICS, GEN_IMAGE];
