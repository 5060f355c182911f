import { basename } from 'node:path';
import { type Kernels, SyntraceError, seededRandom } from '@syntrace/core';
import { type DecodeOptions, decode, encodeJpeg, encodePng, type NamedInput } from '@syntrace/image-io';
import { applyChange, type Change } from './perturb/change.js';

/** A change applied alike to every picture of a set. */
export interface Perturbation {
  /** As the user wrote it, one strength: `jpeg:90`. */
  readonly name: string;
  readonly kind: Change['kind'];
  /** The number after the colon. */
  readonly strength: number;
  /** The change of the picture of that name. */
  changeOf(name: string): Change;
}

interface Kind {
  readonly usage: string;
  readonly holds: (value: number) => boolean;
  readonly change: (value: number, suffix: string | undefined, name: string) => Change;
  /** What may follow the strength. */
  readonly suffixes?: readonly string[];
  /** Strengths where only the kind is named. */
  readonly usual: string;
  /** Between the strengths of a range only whole numbers make sense. */
  readonly whole?: boolean;
}

/** Strengths that a range stands for, equally spaced, both ends among them. */
const RANGE_STEPS = 5;

const KINDS: Readonly<Record<Change['kind'], Kind>> = {
  jpeg: {
    usage: 'jpeg:1…100 or jpeg:1…100:444 (quality; 4:2:0 unless 444)',
    holds: value => Number.isInteger(value) && value >= 1 && value <= 100,
    change: (quality, suffix) => ({ kind: 'jpeg', quality, subsampling: suffix === '444' ? '4:4:4' : '4:2:0' }),
    suffixes: ['420', '444'],
    usual: '95..50',
    whole: true,
  },
  blur: {
    usage: 'blur:SIGMA (samples, above 0 to 20)',
    holds: value => value > 0 && value <= 20,
    change: sigma => ({ kind: 'blur', sigma, arithmetic: 'exact' }),
    usual: '0.5,1,1.5,2,3',
  },
  noise: {
    usage: 'noise:DEVIATION (levels, above 0 to 128)',
    holds: value => value > 0 && value <= 128,
    // The name stands for the picture, so that its noise does not depend on where the set lies or on its order.
    change: (deviation, _, name) => ({
      kind: 'noise',
      deviation,
      seed: 1,
      stream: seededRandom(1, 'noise')
        .fork(name)
        .below(2 ** 32),
    }),
    usual: '1,2,4,8,16',
  },
  resize: {
    usage: 'resize:FACTOR (0.1…4)',
    holds: value => value >= 0.1 && value <= 4,
    change: factor => ({ kind: 'resize', factor }),
    usual: '0.5,0.75,1.25,1.5,2',
  },
  crop: {
    usage: 'crop:FRACTION (of the sides, up to 0.9; back to the old size)',
    holds: value => value > 0 && value <= 0.9,
    change: fraction => ({ kind: 'crop', fraction }),
    usual: '0.1..0.5',
  },
};

/** Reads `KIND:STRENGTH[,STRENGTH…]`: one perturbation for each strength. `FROM..TO` in the list is a range of six equally spaced strengths; a kind alone has
 *  the usual ones. @throws USAGE */
export function parsePerturbations(text: string): readonly Perturbation[] {
  const [kind = '', given, suffix, ...more] = text.split(':');
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind as Change['kind']] : null;
  const list = given ?? known?.usual ?? '';
  const strengths = list.split(',').flatMap(word => strengthsOf(word, known?.whole ?? false));
  const suffixHolds = suffix === undefined || (known?.suffixes ?? []).includes(suffix);
  if (!known || more.length > 0 || !suffixHolds || !strengths.every(known.holds)) {
    const usage = Object.values(KINDS).map(each => each.usage);
    throw new SyntraceError('USAGE', {
      detail: `unknown perturbation ${text}; known: ${usage.join('; ')}; several strengths with commas, ranges as jpeg:95..50, the usual ones as jpeg alone`,
    });
  }
  return strengths.map(strength => ({
    name: [kind, strength, ...(suffix === undefined ? [] : [suffix])].join(':'),
    kind: kind as Change['kind'],
    strength,
    changeOf: name => known.change(strength, suffix, name),
  }));
}

/** A strength or a range; NaN for what is neither. */
function strengthsOf(word: string, whole: boolean): readonly number[] {
  const ends = word.split('..');
  if (ends.length > 2 || !ends.every(end => /^\d+(\.\d+)?$/.test(end))) return [Number.NaN];
  const [from, to] = ends.map(Number) as [number, number?];
  if (to === undefined) return [from];
  const steps = Array.from({ length: RANGE_STEPS + 1 }, (_, i) => from + ((to - from) * i) / RANGE_STEPS);
  return [...new Set(steps.map(value => (whole ? Math.round(value) : Number(value.toPrecision(6)))))];
}

/** A picture file as a perturbed input: read, changed and encoded only when it is decoded, so that a failure is that picture's own. */
export const perturbedInput = (path: string, perturbation: Perturbation, kernels: Kernels, options: DecodeOptions = {}): NamedInput => ({
  uri: path,
  data: (async function* () {
    const image = await decode(path, options);
    const change = perturbation.changeOf(basename(path));
    yield change.kind === 'jpeg' ? await encodeJpeg(image, change) : await encodePng(await applyChange(image, change, kernels));
  })(),
});
