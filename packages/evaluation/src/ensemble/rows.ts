import { combineDetections, type Detection, type EnsembleSpec } from '@syntrace/core';
import type { EvaluationRow } from '../row.js';

/** What members said of a picture whose truth is known. */
export interface MemberRow {
  readonly label: 0 | 1;
  readonly group: string;
  /** In the order of the members. */
  readonly detections: readonly Detection[];
}

/** What an ensemble says of them. */
export function ensembleRows(spec: EnsembleSpec, rows: readonly MemberRow[]): readonly EvaluationRow[] {
  return rows.map(({ label, group, detections }) => {
    const { score, probability, verdict } = combineDetections(spec, detections);
    return { label, group, score, probability, verdict };
  });
}

/** What one member says alone. */
export const memberRows = (rows: readonly MemberRow[], member: number): readonly EvaluationRow[] =>
  rows.map(({ label, group, detections }) => {
    const { score, probability, verdict } = detections[member]!;
    return { label, group, score, probability, verdict };
  });

/** Milliseconds that a picture takes where all members are asked, and where only those are that the ensemble asks. O(pictures) */
export function costOf(spec: EnsembleSpec, rows: readonly MemberRow[]): { readonly all: number; readonly asked: number } {
  const sum = (detections: readonly Detection[]) => detections.reduce((total, { ms }) => total + ms, 0);
  const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / Math.max(1, values.length);
  return {
    all: mean(rows.map(({ detections }) => sum(detections))),
    asked: mean(rows.map(({ detections }) => sum(combineDetections(spec, detections).evidence.members))),
  };
}
