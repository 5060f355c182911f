import { logit } from '../artifact/verdict.js';
import type { Detection } from '../contract/detector.js';
import type { EnsembleSpec } from './spec.js';

/** A member's answer, or `null` where it was not asked. */
export type Asked = Detection | null;

export interface Combined {
  /** The combined logit, or `null` when the members that answered don't suffice. */
  readonly score: number | null;
  /** What members added to it, by their place; nothing where one said nothing. */
  readonly added: ReadonlyMap<number, number>;
}

interface Answer {
  readonly place: number;
  readonly weight: number;
  readonly value: number;
}

/** A member without a probability abstains; it never counts as 0.5. Evidence is added to what the votes say, or to even odds where they say nothing. */
export function combine(spec: EnsembleSpec, members: readonly Asked[]): Combined {
  const { combine } = spec;
  const all = answersOf(spec, members, false);
  const votes = combine.method === 'max' ? highest(all) : all;
  const total = combine.method === 'stacker' ? 1 : sumOf(votes, ({ weight }) => weight);
  const evidence = answersOf(spec, members, true);
  const added = new Map(votes.map(({ place, weight, value }) => [place, (weight * value) / total]));
  const mean = sumOf([...added.values()], value => value);
  for (const { place, weight, value } of evidence) added.set(place, weight * value);
  const missing = combine.method === 'stacker' && votes.length < placesOf(spec, false).length;
  const said = votes.length === 0 || total <= 0 || missing ? null : mean;
  const n = 1 / votes.length;
  const opinion =
    said === null ? null : combine.method === 'stacker' ? said + combine.bias : combine.method === 'vote' ? Math.log((1 + said + n) / (1 - said + n)) : said;
  return { score: evidence.length > 0 ? (opinion ?? 0) + sumOf(evidence, ({ weight, value }) => weight * value) : opinion, added };
}

/** Place of the vote that is still to be asked, or −1: in a cascade the next one while what was said lies inside its band; otherwise any that was not. */
export function nextVote(spec: EnsembleSpec, members: readonly Asked[]): number {
  const bands = spec.combine.method === 'cascade' ? spec.combine.bands : [];
  let [sum, total] = [0, 0];
  for (const [i, place] of placesOf(spec, false).entries()) {
    const member = members[place];
    if (!member) return place;
    const { weight } = spec.members[place]!;
    if (member.probability !== null) [sum, total] = [sum + weight * logit(member.probability), total + weight];
    const band = bands[i];
    if (band && total > 0 && (sum / total < band[0] || sum / total > band[1])) return -1;
  }
  return -1;
}

/** Places of the votes, or of the evidence. */
export const placesOf = ({ members }: EnsembleSpec, evidence: boolean): readonly number[] =>
  [...members.keys()].filter(place => (members[place]!.role === 'evidence') === evidence);

/** Logits, or for votes by verdict 1 and −1. */
function answersOf(spec: EnsembleSpec, members: readonly Asked[], evidence: boolean): readonly Answer[] {
  return placesOf(spec, evidence).flatMap(place => {
    const { probability = null, verdict = 'inconclusive' } = members[place] ?? {};
    const { weight } = spec.members[place]!;
    if (spec.combine.method === 'vote' && !evidence) return verdict === 'inconclusive' ? [] : [{ place, weight, value: verdict === 'synthetic' ? 1 : -1 }];
    return probability === null ? [] : [{ place, weight, value: logit(probability) }];
  });
}

const sumOf = <T>(items: readonly T[], value: (item: T) => number): number => items.reduce((sum, item) => sum + value(item), 0);

/** The one with the highest value, its weight of no account. */
function highest(answers: readonly Answer[]): readonly Answer[] {
  const [best] = [...answers].sort((a, b) => b.value - a.value);
  return best ? [{ ...best, weight: 1 }] : [];
}
