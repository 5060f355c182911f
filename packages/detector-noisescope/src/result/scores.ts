import { abstain, equalSpacedQuantiles, type Score, scoreOf, type Warning } from '@syntrace/core';
import type { NoiseScopeEvidence } from '../evidence.js';
import type { Found } from '../find.js';
import { clusterOfPictures } from './cluster-ids.js';

const QUANTILES = 101;

/** An answer for each picture of a collection, in order; `places` give its number among the residuals, or why it has none. */
export function scoresOf(found: Found, places: readonly (number | Warning)[]): readonly Score<NoiseScopeEvidence>[] {
  const clusters = clusterOfPictures(found.clustering.clusters);
  return places.map(place =>
    typeof place === 'number'
      ? scoreAt(place, found, evidenceOf(place, found, clusters), clusters.get(place)?.size ?? 1)
      : abstain<NoiseScopeEvidence>(place, NOT_SEEN),
  );
}

const NOT_SEEN: NoiseScopeEvidence = { cluster: null, fingerprint: null, pce: {}, periodic: null };

function scoreAt(picture: number, found: Found, evidence: NoiseScopeEvidence, clusterSize: number): Score<NoiseScopeEvidence> {
  const { decisions, periodic } = found;
  if (!decisions && !periodic) return unscored(found, picture, evidence, clusterSize);
  // The trace that is further above its own threshold speaks.
  const byCluster = decisions && { score: decisions.scores[picture]!, threshold: decisions.threshold, reference: decisions.referenceScores };
  const byPeriod = periodic && { score: periodic.scores[picture]!, threshold: periodic.threshold, reference: periodic.referenceScores };
  const spoken = byPeriod && (!byCluster || (periodic.members.has(picture) && byCluster.score <= byCluster.threshold)) ? byPeriod : byCluster!;
  const meaning = { threshold: spoken.threshold, abstention: null, calibration: null, realScoreQuantiles: equalSpacedQuantiles(spoken.reference, QUANTILES) };
  return { ...scoreOf(spoken.score, meaning, evidence), verdict: found.verdicts[picture]!, statements: statementsOf(picture, found, evidence, clusterSize) };
}

/** What the answer rests on, for people. */
function statementsOf(
  picture: number,
  { decisions, periodic }: Found,
  { cluster, fingerprint, pce }: NoiseScopeEvidence,
  clusterSize: number,
): readonly string[] {
  const said: string[] = [];
  const others = clusterSize - 1;
  said.push(others > 0 ? `Its residual was merged into ${cluster} with those of ${others} other pictures.` : 'Its residual was merged with none other.');
  if (decisions && fingerprint)
    said.push(`PCE ${pce[fingerprint]!.toFixed(1)} with ${fingerprint}; above ${decisions.threshold.toFixed(1)} a picture counts as its generator’s.`);
  if (periodic)
    said.push(
      `Strength ${periodic.scores[picture]!.toFixed(1)} of patterns that repeat every 2, 4 or 8 samples; above ${periodic.threshold.toFixed(1)} it counts.`,
    );
  return said;
}

/** No fingerprint: real by the published rule, or not judged without a reference. */
function unscored({ verdicts, warnings, judged }: Found, picture: number, evidence: NoiseScopeEvidence, clusterSize: number): Score<NoiseScopeEvidence> {
  const verdict = verdicts[picture]!;
  const place = clusterSize > 1 ? `in ${evidence.cluster} with ${clusterSize - 1} other pictures` : 'alike to none other';
  const reason: Warning = judged ? warnings.at(-1)! : { code: 'NOISESCOPE_NO_REFERENCE', message: `not judged without a reference; ${place}` };
  return { ...abstain(reason, evidence), verdict };
}

function evidenceOf(picture: number, { decisions, periodic }: Found, clusters: ReturnType<typeof clusterOfPictures>): NoiseScopeEvidence {
  const columns = decisions?.fingerprints.count ?? 0;
  const pce = Array.from({ length: columns }, (_, i) => [`fingerprint-${i + 1}`, decisions!.pce[picture * columns + i]!] as const);
  return {
    cluster: clusters.get(picture)?.id ?? null,
    fingerprint: decisions ? `fingerprint-${decisions.nearest[picture]! + 1}` : null,
    pce: Object.fromEntries(pce),
    periodic: periodic ? periodic.scores[picture]! : null,
  };
}
