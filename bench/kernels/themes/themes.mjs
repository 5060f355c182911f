import { foundation } from './foundation.mjs';
import { noiseAndPairs } from './noise.mjs';
import { texture } from './texture.mjs';

/** What times the kernels of a backend, by theme: gets the kernels, a timer by label, and the check of half spectra. */
export const themes = [foundation, texture, noiseAndPairs];
