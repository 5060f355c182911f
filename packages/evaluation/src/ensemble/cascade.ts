import { combineDetections, type EnsembleSpec } from '@syntrace/core';
import type { MemberRow } from './rows.js';

/** Share of pictures on which stopping early may give another verdict than asking everyone. */
const RISK = 0.01;

/** Bands of a cascade: as narrow as may be, so that few pictures go on, while of those that stop at a member no more than a share `risk` of all pictures gets
 *  another side of the threshold than when everyone is asked. Members must stand in the order in which they are asked. O(members · pictures · log pictures) */
export function cascadeBands(spec: EnsembleSpec, rows: readonly MemberRow[], risk = RISK): readonly (readonly [number, number])[] {
  const places = [...spec.members.keys()].filter(place => spec.members[place]!.role !== 'evidence');
  const full = rows.map(row => scoreWith(spec, row, places));
  return places.slice(0, -1).map((_, i) => {
    const early = rows.map(row => scoreWith(spec, row, places.slice(0, i + 1)));
    // A picture whose early score lies on the other side must go on, but for the few that the risk allows: the least bold of them go on first.
    const wrong = early
      .flatMap((score, r) => (score !== null && full[r] !== null && score > 0 !== full[r]! > 0 ? [Math.abs(score)] : []))
      .sort((a, b) => b - a);
    const half = (wrong[Math.floor(risk * rows.length)] ?? 0) + 1e-9;
    return [-half, half] as const;
  });
}

/** Mean of the votes at these places alone, calibrated by nothing. */
function scoreWith(spec: EnsembleSpec, { detections }: MemberRow, places: readonly number[]): number | null {
  const members = spec.members.filter((_, m) => places.includes(m));
  const plain: EnsembleSpec = { ...spec, members, combine: { method: 'mean' }, calibration: { method: 'platt', slope: 1, intercept: 0 } };
  return combineDetections(
    plain,
    places.map(place => detections[place]!),
  ).score;
}
