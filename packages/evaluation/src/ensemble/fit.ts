import { type Combine, combineDetections, type EnsembleMember, type EnsembleSpec, type Learners, SyntraceError } from '@syntrace/core';
import { type CalibrationOptions, calibrate, type FittedCalibration } from '../calibrate/calibrate.js';
import { cascadeBands } from './cascade.js';
import type { MemberRow } from './rows.js';
import { fitWeights } from './weights.js';

export type EnsembleMethod = 'mean' | 'weighted' | 'stacker' | 'max' | 'vote' | 'cascade';
export const ENSEMBLE_METHODS: readonly EnsembleMethod[] = ['mean', 'weighted', 'stacker', 'max', 'vote', 'cascade'];

export interface EnsembleFitOptions {
  readonly id: string;
  readonly method: EnsembleMethod;
  /** As the detectors are, in the order of the rows' detections; of a cascade the cheapest first. */
  readonly members: readonly Pick<EnsembleMember, 'id' | 'role'>[];
  /** How the combined score gets its meaning. */
  readonly meaning?: Omit<CalibrationOptions, 'base'>;
}

export interface FittedEnsemble {
  readonly spec: EnsembleSpec;
  readonly calibration: FittedCalibration;
}

/** Fits how members' answers become one, then what the combined score means. Evidence (what files declare) is in no fit: it keeps a weight of 1.
 *  @throws TRAINING_INVALID when too little has been said to fit anything, USAGE without votes */
export async function fitEnsemble(rows: readonly MemberRow[], options: EnsembleFitOptions, learners: Learners): Promise<FittedEnsemble> {
  const { id, method, members, meaning = {} } = options;
  const votes = [...members.keys()].filter(m => members[m]!.role !== 'evidence');
  if (votes.length === 0) throw new SyntraceError('USAGE', { detail: 'an ensemble needs a member that looks at the picture itself' });
  const isFitted = method === 'weighted' || method === 'stacker' || method === 'cascade';
  const { weights, bias } = isFitted ? await fitWeights(rows, votes, method !== 'stacker', learners) : { weights: members.map(() => 1), bias: 0 };
  const kept = votes.filter(m => weights[m]! > 0 || method === 'stacker');
  const places = [...members.keys()].filter(m => members[m]!.role === 'evidence' || kept.includes(m));
  const plain: EnsembleSpec = {
    format: 1,
    id,
    members: places.map(m => ({ ...members[m]!, weight: members[m]!.role === 'evidence' ? 1 : weights[m]! })),
    combine: method === 'stacker' ? { method, bias } : { method: method === 'weighted' || method === 'cascade' ? 'mean' : method },
    calibration: { method: 'platt', slope: 1, intercept: 0 },
    threshold: 0,
    abstention: null,
    realScoreQuantiles: [],
  };
  const seen = rows.map(row => ({ ...row, detections: places.map(m => row.detections[m]!) }));
  const combine: Combine = method === 'cascade' ? { method, bands: cascadeBands(plain, seen) } : plain.combine;
  const combined = { ...plain, combine };
  const scores = seen.map(({ label, group, detections }) => ({ label, group, score: combineDetections(combined, detections).score }));
  const calibration = await calibrate(scores, meaning, learners);
  return { spec: { ...combined, ...calibration.meaning }, calibration };
}
