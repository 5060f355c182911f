import { abstain, equalSpacedQuantiles, type Score, scoreOf, type Warning } from '@syntrace/core';
import type { NoiseScopeEvidence } from '../evidence.js';
import type { Found } from '../find.js';
import { clusterOfPictures } from './cluster-ids.js';

const QUANTILES = 101;

/** An answer for each picture of a collection, in order; `places` give its number among the residuals, or why it has none. */
export function scoresOf(found: Found, places: readonly (number | Warning)[]): readonly Score<NoiseScopeEvidence>[] {
  const clusters = clusterOfPictures(found.clustering.clusters);
  return places.map(place =>
    typeof place === 'number' ? scoreAt(place, found, evidenceOf(place, found, clusters)) : abstain<NoiseScopeEvidence>(place, NOT_SEEN),
  );
}

const NOT_SEEN: NoiseScopeEvidence = { cluster: null, fingerprint: null, pce: {}, periodic: null };

function scoreAt(picture: number, found: Found, evidence: NoiseScopeEvidence): Score<NoiseScopeEvidence> {
  const { decisions, periodic } = found;
  if (!decisions && !periodic) return unscored(found, evidence);
  // The trace that is further above its own threshold speaks.
  const byCluster = decisions && { score: decisions.scores[picture]!, threshold: decisions.threshold, reference: decisions.referenceScores };
  const byPeriod = periodic && { score: periodic.scores[picture]!, threshold: periodic.threshold, reference: periodic.referenceScores };
  const spoken = byPeriod && (!byCluster || (periodic.members.has(picture) && byCluster.score <= byCluster.threshold)) ? byPeriod : byCluster!;
  const meaning = { threshold: spoken.threshold, abstention: null, calibration: null, realScoreQuantiles: equalSpacedQuantiles(spoken.reference, QUANTILES) };
  return { ...scoreOf(spoken.score, meaning, evidence), verdict: found.verdicts[picture]! };
}

/** No fingerprint: real by the published rule, or not judged without a reference. */
function unscored(found: Found, evidence: NoiseScopeEvidence): Score<NoiseScopeEvidence> {
  const verdict = found.verdicts[0] ?? 'inconclusive';
  const reason: Warning = found.warnings.at(-1)!;
  return { ...abstain(reason, evidence), verdict };
}

function evidenceOf(picture: number, { decisions, periodic }: Found, clusters: ReadonlyMap<number, string>): NoiseScopeEvidence {
  const columns = decisions?.fingerprints.maps.length ?? 0;
  const pce = Array.from({ length: columns }, (_, i) => [`fingerprint-${i + 1}`, decisions!.pce[picture * columns + i]!] as const);
  return {
    cluster: clusters.get(picture) ?? null,
    fingerprint: decisions ? `fingerprint-${decisions.nearest[picture]! + 1}` : null,
    pce: Object.fromEntries(pce),
    periodic: periodic ? periodic.scores[picture]! : null,
  };
}
