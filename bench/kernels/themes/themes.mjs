import { filters } from './filters.mjs';
import { foundation } from './foundation.mjs';
import { neighbours } from './neighbours.mjs';
import { residuals } from './noise.mjs';
import { spectra } from './spectra.mjs';
import { texture } from './texture.mjs';
import { transformed } from './transforms.mjs';

/** What times the kernels of a backend, by theme: gets the kernels, a timer by label, and the check of half spectra. All pairs of a collection
 *  take minutes and have a turn of their own. */
export const themes = [transformed, foundation, residuals, texture, spectra, filters, neighbours];
