import { logit } from '../artifact/verdict.js';
import type { Detection } from '../contract/detector.js';
import type { EnsembleSpec } from './spec.js';

interface Answer {
  readonly weight: number;
  /** `null`: it abstained. */
  readonly logit: number | null;
}

/** The combined logit, or `null` when the members that answered don't suffice. A member without a probability abstains; it never counts as 0.5.
 *  Evidence is added to what the votes say, or to even odds where they say nothing. */
export function combine(spec: EnsembleSpec, members: readonly Detection[]): number | null {
  const answers = spec.members.map(({ weight }, i) => answer(weight, members[i]!));
  const isEvidence = (_: unknown, i: number) => spec.members[i]!.role === 'evidence';
  const votes = opinion(
    spec,
    answers.filter((item, i) => !isEvidence(item, i)),
  );
  const evidence = given(answers.filter(isEvidence));
  return evidence.length > 0 ? (votes ?? 0) + weightedSum(evidence) : votes;
}

function opinion({ combine }: EnsembleSpec, votes: readonly Answer[]): number | null {
  const answers = given(votes);
  if (combine.method === 'stacker') return votes.length > 0 && answers.length === votes.length ? weightedSum(answers) + combine.bias : null;
  const total = answers.reduce((sum, { weight }) => sum + weight, 0);
  return total > 0 ? weightedSum(answers) / total : null;
}

const answer = (weight: number, { probability }: Detection): Answer => ({ weight, logit: probability === null ? null : logit(probability) });
const given = (answers: readonly Answer[]): readonly Answer[] => answers.filter(({ logit }) => logit !== null);
const weightedSum = (answers: readonly Answer[]): number => answers.reduce((sum, { weight, logit }) => sum + weight * logit!, 0);
