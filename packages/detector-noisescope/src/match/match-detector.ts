import { abstain, type Detector, type Image, type OpenDetector, type Run, type Score, shareAtLeast, type Warning } from '@syntrace/core';
import { largest } from '../decide/decisions.js';
import { extractResiduals } from '../numerics/extract-residuals.js';
import { pceAgainst } from '../numerics/pce-against.js';
import { residualsOf } from '../residuals/residuals.js';
import { drawMatch } from '../result/draw-match.js';
import type { Library } from './library.js';

/** What a picture has in common with saved fingerprints. */
export interface MatchEvidence {
  /** The fingerprint with the largest PCE, from 1. */
  readonly fingerprint: number | null;
  /** PCE with each saved fingerprint. */
  readonly pce: readonly number[];
}

export const MATCH_ID = 'noisescope-match';

/** Judges single pictures by fingerprints that a collection gave: a found generator becomes a detector. Pictures must have the fingerprints' size. */
export function fingerprintDetector(library: Library): Detector<MatchEvidence> {
  const { width, height } = library.fingerprints;
  return {
    id: MATCH_ID,
    description: `Noise residual against ${library.fingerprints.maps.length} saved fingerprints of ${width}×${height}`,
    unit: 'image',
    requires: { minimumSize: { width, height } },
    open: async ({ kernels }): Promise<OpenDetector<MatchEvidence>> => ({
      detect: (batch, run) => Promise.all(batch.map(image => match(image, library, run))),
      explain: async (image, run) => {
        const { evidence } = await match(image, library, run);
        if (evidence.fingerprint === null) return [];
        const [residual] = await extractResiduals(kernels, [image]);
        return drawMatch(residual!, library.fingerprints, evidence.fingerprint - 1, kernels);
      },
      close: async () => {},
    }),
  };
}

async function match(image: Image, library: Library, { kernels }: Run): Promise<Score<MatchEvidence>> {
  const { fingerprints, threshold, referenceQuantiles } = library;
  const { height, width } = fingerprints;
  if (image.width !== width || image.height !== height) return abstain(otherSize(image, width, height), { fingerprint: null, pce: [] });
  const residual = residualsOf(height, width, await extractResiduals(kernels, [image]));
  const pce = await pceAgainst(kernels, fingerprints, residual);
  const { scores, nearest } = largest(pce, fingerprints.maps.length);
  const score = scores[0]!;
  return {
    score,
    probability: null,
    threshold,
    verdict: threshold === null ? 'inconclusive' : score > threshold ? 'synthetic' : 'real',
    realShare: shareAtLeast(score, referenceQuantiles),
    warnings: threshold === null ? [NO_THRESHOLD] : [],
    evidence: { fingerprint: nearest[0]! + 1, pce: [...pce] },
  };
}

const otherSize = (image: Image, width: number, height: number): Warning => ({
  code: 'NOISESCOPE_SIZE',
  message: `${image.width}×${image.height}, the fingerprints are ${width}×${height}: they are compared sample by sample`,
});

const NO_THRESHOLD: Warning = {
  code: 'NOISESCOPE_NO_THRESHOLD',
  message: 'the fingerprints were saved without a reference, so there is a PCE and no verdict; save them again with --prepared',
};
