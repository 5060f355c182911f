import { combineDetections, type Detection, type EnsembleSpec, equalEnsemble, type Syntrace } from '@syntrace/core';
import type { EvaluationRow } from '@syntrace/evaluation';
import type { Input } from '../../input.js';
import type { Session } from '../open-session.js';
import { APPEARANCE } from './appearance.js';
import { namedBy, type PictureEntry } from './judge.js';

/** One that is evaluated: the choice of the user, a member of it alone, or the baseline. */
export interface Series {
  /** Nothing for the choice itself. */
  readonly label: string;
  /** Detectors behind it, joined, as tables name them. */
  readonly detector: string;
  /** Its answer, out of those of all detectors that were asked. */
  readonly answer: (detections: readonly Detection[]) => Pick<EvaluationRow, 'score' | 'probability' | 'verdict'>;
}

export interface ScoredRow extends EvaluationRow {
  readonly path: string;
  readonly condition: string;
  readonly detector: string;
}

export interface SeriesOptions {
  readonly members?: boolean;
  readonly baseline?: boolean;
}

/** The detectors of a choice, and the ensemble that they make where there are several. */
export function chosenMembers({ syntrace, choice }: Pick<Session, 'syntrace' | 'choice'>): {
  readonly ids: readonly string[];
  readonly ensemble: EnsembleSpec | null;
} {
  if (choice.ensemble) return { ids: choice.ensemble.members.map(({ id }) => id), ensemble: choice.ensemble };
  if (!choice.detectors) return { ids: syntrace.defaultDetectors(), ensemble: syntrace.defaultEnsemble() };
  const ids = [...new Set(choice.detectors)];
  return { ids, ensemble: ids.length > 1 ? equalEnsemble(ids, syntrace.registry) : null };
}

/** What is evaluated, the choice first. @throws DETECTOR_UNKNOWN */
export function seriesOf(session: Session, { members, baseline }: SeriesOptions): readonly Series[] {
  const { ids, ensemble } = chosenMembers(session);
  for (const id of ids) session.syntrace.registry.detector(id);
  const alone = (id: string, label: string): Series => ({ label, detector: id, answer: detections => detections.find(each => each.id === id)! });
  const chosen: Series = ensemble
    ? {
        label: '',
        detector: ids.join('+'),
        answer: detections =>
          combineDetections(
            ensemble,
            ids.map(id => detections.find(each => each.id === id)!),
          ),
      }
    : alone(ids[0]!, '');
  return [chosen, ...(members && ensemble ? ids.map(id => alone(id, id)) : []), ...(baseline ? [alone(APPEARANCE, 'sharpness only')] : [])];
}

/** A picture's row, or nothing when it could not be judged. */
export function rowOf(entry: PictureEntry, { label, group }: Pick<EvaluationRow, 'label' | 'group'>, { answer, detector }: Series): ScoredRow | null {
  if (entry.error) return null;
  const { score, probability, verdict } = answer(entry.detections);
  const named = namedBy(entry.detections.filter(({ id }) => detector.split('+').includes(id)));
  return { path: entry.path, label, group, score, probability, verdict, ...(named !== null && { named }), condition: entry.condition, detector };
}

/** Whether a detector of that id is there. */
export const isRegistered = (syntrace: Syntrace<Input>, id: string): boolean => syntrace.registry.listDetectors().some(each => each.id === id);
