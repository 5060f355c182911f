import type { Case } from './case.js';
import { collectionCases } from './collections.js';
import { filterCases } from './filters.js';
import { forensicCases } from './forensics.js';
import { neighbourCases } from './neighbours.js';
import { noiseCases } from './noise.js';
import { pixelCases } from './pixels.js';
import { rowCases } from './rows.js';
import { spectrumCases } from './spectra.js';
import { textureCases } from './texture.js';
import { transformCases } from './transforms.js';

/** One case a kernel; the tolerances are some ten times the rounding of float32 at the size of the values. */
export const cases: readonly Case[] = [
  ...pixelCases,
  ...transformCases,
  ...rowCases,
  ...textureCases,
  ...spectrumCases,
  ...filterCases,
  ...forensicCases,
  ...neighbourCases,
  ...collectionCases,
  ...noiseCases,
];
