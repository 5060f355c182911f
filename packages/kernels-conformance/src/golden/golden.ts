import { test } from 'vitest';
import type { Harness } from '../harness.js';
import { testBaselineGolden } from './baselines.js';
import { testFrequencyGolden } from './frequency.js';
import { testMaskSimGolden } from './masksim.js';
import { testNoisescopeGolden } from './noisescope.js';
import { testNprGolden } from './npr.js';
import { testPerturbationGolden } from './perturbations.js';
import { testPrnuGolden } from './prnu.js';
import { testTextureGolden } from './texture.js';
import { missing } from './vectors.js';

/** The reference vectors of every method, where they are at hand. */
export function testGolden(h: Harness): void {
  if (missing) {
    // biome-ignore lint/suspicious/noConsole: a skip is to be loud, also where the runner's list is not read
    console.warn(`SKIPPED: ${missing}`);
    test.skip(`golden vectors: ${missing}`, () => {});
    return;
  }
  testFrequencyGolden(h);
  testNprGolden(h);
  testTextureGolden(h);
  testMaskSimGolden(h);
  testPerturbationGolden(h);
  testBaselineGolden(h);
  testNoisescopeGolden(h);
  testPrnuGolden(h);
}
