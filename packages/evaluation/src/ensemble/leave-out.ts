import type { Learners } from '@syntrace/core';
import type { EvaluationRow } from '../row.js';
import { type EnsembleFitOptions, fitEnsemble } from './fit.js';
import { ensembleRows, type MemberRow } from './rows.js';

/** Which generators are left out together; a name of its own by default. */
export type FamilyOf = (group: string) => string;

/** What ensembles say of generators that they were not fitted on: for each family a fit without its pictures, real and synthetic, which judges them. The
 *  members themselves may have seen it, unless their scores come from weights that have not. Rows keep their order. O(families) fits */
export async function leaveOneOut(
  rows: readonly MemberRow[],
  options: EnsembleFitOptions,
  learners: Learners,
  familyOf: FamilyOf = group => group,
): Promise<readonly EvaluationRow[]> {
  const judged = new Array<EvaluationRow>(rows.length);
  const families = [...new Set(rows.map(({ group }) => familyOf(group)))].sort();
  const places = new Map(families.map(family => [family, [...rows.keys()].filter(i => familyOf(rows[i]!.group) === family)]));
  for (const own of places.values()) {
    const left = new Set(own);
    const { spec } = await fitEnsemble(
      rows.filter((_, i) => !left.has(i)),
      options,
      learners,
    );
    const order = spec.members.map(member => options.members.findIndex(({ id }) => id === member.id));
    const shown = own.map(i => ({ ...rows[i]!, detections: order.map(m => rows[i]!.detections[m]!) }));
    ensembleRows(spec, shown).forEach((row, j) => {
      judged[own[j]!] = row;
    });
  }
  return judged;
}
