import { logit } from '../artifact/verdict.js';
import type { Detection } from '../contract/detector.js';
import type { EnsembleSpec } from './spec.js';

/** The combined logit, or `null` when the members that answered don't suffice. A member without a probability abstains; it never counts as 0.5. */
export function combine(spec: EnsembleSpec, members: readonly Detection[]): number | null {
  const answers = spec.members.map((member, i) => ({ weight: member.weight, probability: members[i]!.probability }));
  const given = answers.flatMap(({ weight, probability }) => (probability === null ? [] : [{ weight, logit: logit(probability) }]));
  const weighted = given.reduce((sum, answer) => sum + answer.weight * answer.logit, 0);
  if (spec.combine.method === 'stacker') return given.length === answers.length ? weighted + spec.combine.bias : null;
  const total = given.reduce((sum, answer) => sum + answer.weight, 0);
  return total > 0 ? weighted / total : null;
}
