import { messageOf, SyntraceError } from '../errors.js';

/** An ensemble as data: what the SDK, the command and the playground read and write (`docs/ensembles.md`). */
export interface EnsembleSpec {
  readonly format: 1;
  readonly id: string;
  readonly members: readonly EnsembleMember[];
  /** `mean`: weighted mean of the members' logits; members that abstain are left out, their weight with them.
   *  `stacker`: bias + Σ weight·logit, as fitted; abstains when any member abstains. */
  readonly combine: { readonly method: 'mean' } | { readonly method: 'stacker'; readonly bias: number };
  /** On the combined logit; default: it is one already. */
  readonly calibration: { readonly method: 'platt'; readonly slope: number; readonly intercept: number } | null;
  /** On the combined logit; above it: synthetic. */
  readonly threshold: number;
  readonly abstention: readonly [low: number, high: number] | null;
  readonly realScoreQuantiles: readonly number[];
}

export interface EnsembleMember {
  /** Id of a registered detector; another ensemble's, too. */
  readonly id: string;
  readonly weight: number;
}

/** Equal weights over some detectors. */
export const equalEnsemble = (ids: readonly string[]): EnsembleSpec => ({
  format: 1,
  id: 'ensemble',
  members: ids.map(id => ({ id, weight: 1 })),
  combine: { method: 'mean' },
  calibration: null,
  threshold: 0,
  abstention: null,
  realScoreQuantiles: [],
});

/** Reads an ensemble's JSON; absent fields take the defaults of {@link equalEnsemble}. @throws ENSEMBLE_INVALID */
export function parseEnsemble(text: string): EnsembleSpec {
  const refuse = (detail: string): never => {
    throw new SyntraceError('ENSEMBLE_INVALID', { detail });
  };
  let raw: Record<string, unknown>;
  try {
    raw = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    return refuse(`it is not JSON (${messageOf(error)})`);
  }
  if (typeof raw !== 'object' || raw === null) return refuse('expected an object');
  if (raw.format !== 1) return refuse(`format ${String(raw.format)}, expected 1`);
  if (!Array.isArray(raw.members) || raw.members.length === 0) return refuse('`members` must name at least one detector');
  const members = raw.members.map((member: unknown): EnsembleMember => {
    const { id, weight = 1 } = (typeof member === 'string' ? { id: member } : member) as { id?: unknown; weight?: unknown };
    if (typeof id !== 'string') return refuse('a member has no `id`');
    if (typeof weight !== 'number' || !Number.isFinite(weight)) return refuse(`member ${id}: \`weight\` must be a number`);
    return { id, weight };
  });
  if (new Set(members.map(member => member.id)).size < members.length) return refuse('a member is named twice');
  const spec: EnsembleSpec = { ...equalEnsemble([]), ...(raw as Partial<EnsembleSpec>), members };
  checkNumbers(spec, refuse);
  return spec;
}

function checkNumbers(spec: EnsembleSpec, refuse: (detail: string) => never): void {
  const { combine, threshold, abstention, calibration, realScoreQuantiles } = spec;
  if (combine.method !== 'mean' && combine.method !== 'stacker') refuse('`combine.method` must be "mean" or "stacker"');
  if (combine.method === 'stacker' && !Number.isFinite(combine.bias)) refuse('`combine.bias` must be a number');
  if (combine.method === 'mean' && (spec.members.some(m => m.weight < 0) || spec.members.every(m => m.weight === 0))) refuse('weights of a mean must be 0 or more, one at least above 0');
  if (!Number.isFinite(threshold)) refuse('`threshold` must be a number');
  if (abstention && !(abstention.length === 2 && abstention[0] <= abstention[1])) refuse('`abstention` must be [low, high]');
  if (calibration && !(Number.isFinite(calibration.slope) && Number.isFinite(calibration.intercept))) refuse('`calibration` needs slope and intercept');
  if (!Array.isArray(realScoreQuantiles)) refuse('`realScoreQuantiles` must be a list');
}
