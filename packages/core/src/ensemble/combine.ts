import { logit } from '../artifact/verdict.js';
import type { Detection } from '../contract/detector.js';
import type { EnsembleSpec } from './spec.js';

/** A member's answer, or `null` where it was not asked. */
export type Asked = Detection | null;

interface Answer {
  readonly place: number;
  readonly weight: number;
  readonly logit: number;
}

export interface Combined {
  /** The combined logit, or `null` when the members that answered don't suffice. */
  readonly score: number | null;
  /** What each member added to it, in the order of the members; nothing where it said nothing. */
  readonly added: readonly (number | undefined)[];
}

/** A member without a probability abstains; it never counts as 0.5. Evidence is added to what the votes say, or to even odds where they say nothing. */
export function combine(spec: EnsembleSpec, members: readonly Asked[]): Combined {
  const added: (number | undefined)[] = members.map(() => undefined);
  const votes = opinion(spec, members, added);
  const evidence = answersOf(spec, members, true);
  for (const { place, weight, logit } of evidence) added[place] = weight * logit;
  return { score: evidence.length > 0 ? (votes ?? 0) + weightedSum(evidence) : votes, added };
}

/** Place of the vote that is still to be asked, or −1: in a cascade the next one while what was said lies inside its band; otherwise any that was not. */
export function nextVote(spec: EnsembleSpec, members: readonly Asked[]): number {
  const votes = placesOf(spec, false);
  const { combine } = spec;
  for (const [i, place] of votes.entries()) {
    if (!members[place]) return place;
    const band = combine.method === 'cascade' ? combine.bands[i] : undefined;
    const said = band ? meanOf(answersOf(spec, members.slice(0, place + 1), false)) : null;
    if (band && said !== null && (said < band[0] || said > band[1])) return -1;
  }
  return -1;
}

/** Places of the votes, or of the evidence. */
export const placesOf = ({ members }: EnsembleSpec, evidence: boolean): readonly number[] =>
  [...members.keys()].filter(place => (members[place]!.role === 'evidence') === evidence);

function opinion(spec: EnsembleSpec, members: readonly Asked[], added: (number | undefined)[]): number | null {
  const { combine } = spec;
  if (combine.method === 'vote') return ballot(spec, members, added);
  const answers = answersOf(spec, members, false);
  const { method } = combine;
  if (method === 'stacker' && answers.length < placesOf(spec, false).length) return null;
  const best = method === 'max' ? answers.reduce<Answer | null>((top, each) => (top && top.logit >= each.logit ? top : each), null) : null;
  const total = method === 'stacker' ? 1 : answers.reduce((sum, { weight }) => sum + weight, 0);
  for (const { place, weight, logit } of answers) added[place] = best ? (best.place === place ? logit : 0) : (weight * logit) / total;
  if (method === 'stacker') return answers.length > 0 ? weightedSum(answers) + combine.bias : null;
  return best ? best.logit : meanOf(answers);
}

/** ln of the odds of the weighted votes by verdict, half a mean weight added to either side; each adds its share of the decided weight, signed. */
function ballot(spec: EnsembleSpec, members: readonly Asked[], added: (number | undefined)[]): number | null {
  const given = placesOf(spec, false).filter(place => members[place] && members[place].verdict !== 'inconclusive');
  const total = given.reduce((sum, place) => sum + spec.members[place]!.weight, 0);
  if (total <= 0) return null;
  let synthetic = total / given.length / 2;
  let real = synthetic;
  for (const place of given) {
    const { weight } = spec.members[place]!;
    const isSynthetic = members[place]!.verdict === 'synthetic';
    if (isSynthetic) synthetic += weight;
    else real += weight;
    added[place] = (isSynthetic ? weight : -weight) / total;
  }
  return Math.log(synthetic / real);
}

const answersOf = (spec: EnsembleSpec, members: readonly Asked[], evidence: boolean): readonly Answer[] =>
  placesOf(spec, evidence).flatMap(place => {
    const probability = members[place]?.probability ?? null;
    return probability === null ? [] : [{ place, weight: spec.members[place]!.weight, logit: logit(probability) }];
  });

const weightedSum = (answers: readonly Answer[]): number => answers.reduce((sum, { weight, logit }) => sum + weight * logit, 0);

function meanOf(answers: readonly Answer[]): number | null {
  const total = answers.reduce((sum, { weight }) => sum + weight, 0);
  return total > 0 ? weightedSum(answers) / total : null;
}
