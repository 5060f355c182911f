import { describe } from 'vitest';
import { testCollections } from './collections.js';
import { testCorrelation } from './correlation.js';
import { testFilters } from './filters.js';
import { testForensics } from './forensics.js';
import { testGolden } from './golden/golden.js';
import { type Factory, Harness } from './harness.js';
import { testNeighbours } from './neighbours.js';
import { testNoise } from './noise.js';
import { testPixels } from './pixels.js';
import { testRefusals } from './refusals.js';
import { testRepeats } from './repeats.js';
import { testRows } from './rows.js';
import { testSpectra } from './spectra.js';
import { testTexture } from './texture.js';
import { testTransforms } from './transforms.js';
import { testTraps } from './traps.js';

export type { Factory } from './harness.js';

/** The whole suite against one backend. Needs vitest and the Vite plugin of `./vite`. */
export function testKernels(factory: Factory): void {
  describe(`kernels of ${factory.name}`, () => {
    const harness = new Harness(factory);
    testTransforms(harness);
    testPixels(harness);
    testRows(harness);
    testTexture(harness);
    testSpectra(harness);
    testFilters(harness);
    testNeighbours(harness);
    testForensics(harness);
    testNoise(harness);
    testCorrelation(harness);
    testCollections(harness);
    testRefusals(harness);
    testGolden(harness);
    testRepeats(factory);
    testTraps(factory);
  });
}
