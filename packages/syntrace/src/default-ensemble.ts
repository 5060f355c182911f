import type { EnsembleSpec } from '@syntrace/core';
import spec from './default-ensemble.json' with { type: 'json' };

/** What judges when nothing is named, as fitted by scripts/default-ensemble.mjs; a test reads it as any other ensemble. */
export const DEFAULT_ENSEMBLE = spec as unknown as EnsembleSpec;
