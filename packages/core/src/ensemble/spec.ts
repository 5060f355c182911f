import { isBand, meaningProblem } from '../artifact/check-meaning.js';
import type { Detector } from '../contract/detector.js';
import type { Calibration } from '../contract/training.js';
import { messageOf, SyntraceError } from '../errors.js';

/** An ensemble as data: what the SDK, the command and the playground read and write (`docs/ensembles.md`). */
export interface EnsembleSpec {
  readonly format: 1;
  readonly id: string;
  readonly members: readonly EnsembleMember[];
  readonly combine: Combine;
  /** On the combined logit; default: it is one already. */
  readonly calibration: Calibration | null;
  /** On the combined logit; above it: synthetic. */
  readonly threshold: number;
  readonly abstention: readonly [low: number, high: number] | null;
  readonly realScoreQuantiles: readonly number[];
  /** What it was fitted on and how it did there, for people. */
  readonly fitted?: Readonly<Record<string, unknown>>;
}

/** How the votes become one logit; evidence is added to it.
 *  - `mean`: weighted mean of the members' logits; members that abstain are left out, their weight with them
 *  - `stacker`: bias + Σ weight·logit, as fitted; abstains when any vote abstains
 *  - `max`: the highest logit; weights count for nothing
 *  - `vote`: ln((s + h)/(r + h)) of the weights s of those whose verdict is synthetic and r of those that say real, h half their mean weight
 *  - `cascade`: the mean of those asked so far; votes are asked in their order, one more while the mean lies inside the band that stands at the last one's place */
export type Combine =
  | { readonly method: 'mean' | 'max' | 'vote' }
  | { readonly method: 'stacker'; readonly bias: number }
  | { readonly method: 'cascade'; readonly bands: readonly (readonly [low: number, high: number])[] };

export interface EnsembleMember {
  /** Id of a registered detector; another ensemble's, too. */
  readonly id: string;
  readonly weight: number;
  /** `vote` (default): one of several looks at the same thing. `evidence`: independent of them, so weight·logit is added where it answers, and nothing where it abstains: a single vote then gives its own answer. */
  readonly role?: 'vote' | 'evidence';
}

/** Equal weights over some detectors; those that rest on a declaration are evidence. */
export const equalEnsemble = (ids: readonly string[], source?: { detector(id: string): Pick<Detector, 'restsOn'> }): EnsembleSpec => ({
  format: 1,
  id: 'ensemble',
  members: ids.map(id => ({ id, weight: 1, ...(source?.detector(id).restsOn === 'declaration' && { role: 'evidence' as const }) })),
  combine: { method: 'mean' },
  calibration: null,
  threshold: 0,
  abstention: null,
  realScoreQuantiles: [],
});

/** Reads an ensemble's JSON; absent fields take the defaults of {@link equalEnsemble}. @throws ENSEMBLE_INVALID */
export function parseEnsemble(text: string): EnsembleSpec {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return refuse(`it is not JSON (${messageOf(error)})`);
  }
  if (!isRecord(raw)) return refuse('expected an object');
  const members = Array.isArray(raw.members) ? raw.members.map(asMember) : raw.members;
  const spec = { ...equalEnsemble([]), ...raw, members, format: raw.format };
  checkEnsemble(spec);
  return spec;
}

/** Refuses what is not an ensemble. @throws ENSEMBLE_INVALID */
export function checkEnsemble(spec: unknown): asserts spec is EnsembleSpec {
  if (!isRecord(spec)) return refuse('expected an object');
  if (spec.format !== 1) refuse(`format ${String(spec.format)}, expected 1`);
  if (typeof spec.id !== 'string' || spec.id === '') refuse('`id` must be a word');
  if (!Array.isArray(spec.members) || spec.members.length === 0) return refuse('`members` must name at least one detector');
  const members = spec.members.map(checkedMember);
  if (new Set(members.map(member => member.id)).size < members.length) refuse('a member is there twice');
  checkCombine(spec.combine, members);
  const problem = meaningProblem(spec);
  if (problem) refuse(problem);
}

const METHODS: readonly unknown[] = ['mean', 'stacker', 'max', 'vote', 'cascade'] satisfies readonly Combine['method'][];

function checkCombine(combine: unknown, members: readonly EnsembleMember[]): void {
  const { method, bias, bands } = isRecord(combine) ? combine : {};
  if (!METHODS.includes(method)) refuse(`\`combine\` by ${METHODS.join(', ')}`);
  const votes = members.filter(({ role }) => role !== 'evidence').length;
  const isWhole =
    method === 'stacker' ? Number.isFinite(bias) : method !== 'cascade' || (Array.isArray(bands) && bands.length === votes - 1 && bands.every(isBand));
  if (!isWhole) refuse('`combine` lacks its numbers');
  if (method !== 'stacker' && (members.some(member => member.weight < 0) || members.every(member => member.weight === 0))) refuse('weights are 0 or more');
}

/** A member may be written as its id alone. */
const asMember = (member: unknown): unknown => (typeof member === 'string' ? { id: member, weight: 1 } : isRecord(member) ? { weight: 1, ...member } : member);

function checkedMember(member: unknown): EnsembleMember {
  const { id, weight, role } = isRecord(member) ? member : {};
  if (typeof id !== 'string') return refuse('a member has no `id`');
  if (typeof weight !== 'number' || !Number.isFinite(weight)) return refuse(`member ${id}: \`weight\` must be a number`);
  if (role === undefined || role === 'vote') return { id, weight };
  if (role !== 'evidence') return refuse(`member ${id}: \`role\` must be vote or evidence`);
  if (weight < 0) return refuse(`member ${id}: evidence weighs 0 or more`);
  return { id, weight, role };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function refuse(detail: string): never {
  throw new SyntraceError('ENSEMBLE_INVALID', { detail });
}
