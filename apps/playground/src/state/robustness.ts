import type { Change, ChangedScore } from '../engine/protocol.js';
import { problemOf } from '../engine/rpc.js';
import { ask } from './engines.js';
import type { Picture } from './pictures.js';

export const KINDS = ['jpeg', 'blur', 'resize', 'noise', 'crop'] as const;
export type Kind = (typeof KINDS)[number];
export type Strengths = Readonly<Record<Kind, number>>;

interface Scale {
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** Where nothing is changed. */
  readonly neutral: number;
  /** Strengths at which the curve is measured. */
  readonly curve: readonly number[];
  readonly change: (strength: number) => Change;
}

/** As `syntrace eval --perturb` counts them. */
export const SCALES: Readonly<Record<Kind, Scale>> = {
  jpeg: {
    least: 10,
    most: 100,
    step: 1,
    neutral: 100,
    curve: [100, 95, 90, 85, 80, 75, 70, 60, 50, 40, 30, 20, 10],
    change: quality => ({ kind: 'jpeg', quality, subsampling: '4:2:0' }),
  },
  blur: {
    least: 0,
    most: 5,
    step: 0.1,
    neutral: 0,
    curve: [0, 0.3, 0.5, 0.8, 1, 1.5, 2, 3, 4, 5],
    change: sigma => ({ kind: 'blur', sigma, arithmetic: 'exact' }),
  },
  resize: {
    least: 0.25,
    most: 1.5,
    step: 0.05,
    neutral: 1,
    curve: [0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1, 1.1, 1.25, 1.5],
    change: factor => ({ kind: 'resize', factor }),
  },
  noise: {
    least: 0,
    most: 30,
    step: 1,
    neutral: 0,
    curve: [0, 1, 2, 4, 6, 8, 11, 15, 20, 30],
    change: deviation => ({ kind: 'noise', deviation, seed: 1, stream: 1 }),
  },
  crop: { least: 0, most: 0.5, step: 0.02, neutral: 0, curve: [0, 0.04, 0.1, 0.16, 0.2, 0.3, 0.4, 0.5], change: fraction => ({ kind: 'crop', fraction }) },
};

export const NEUTRAL = Object.fromEntries(KINDS.map(kind => [kind, SCALES[kind].neutral])) as Strengths;

/** In the order in which pictures go through the world: cut, scaled, softened, noise, saved. */
const ORDER: readonly Kind[] = ['crop', 'resize', 'blur', 'noise', 'jpeg'];

export const changesOf = (strengths: Strengths): readonly Change[] =>
  ORDER.flatMap(kind => (strengths[kind] === SCALES[kind].neutral ? [] : [SCALES[kind].change(strengths[kind])]));

const known = new Map<string, ChangedScore>();
const MOST_KNOWN = 2000;
const keyOf = (picture: Picture, detector: string, strengths: Strengths) => `${picture.id} ${detector} ${JSON.stringify(changesOf(strengths))}`;

/** The score that was measured before, if it was. */
export const knownScore = (picture: Picture, detector: string, strengths: Strengths): ChangedScore | undefined =>
  known.get(keyOf(picture, detector, strengths));

/** The score of the changed picture; measured once. What goes wrong is an answer too: a picture may have become too small. */
export async function scoreOf(picture: Picture, detector: string, strengths: Strengths): Promise<ChangedScore> {
  const key = keyOf(picture, detector, strengths);
  const before = known.get(key);
  if (before) return before;
  const named = { name: picture.name, file: picture.file };
  const score = await ask(engine => engine.changed(picture.id, named, changesOf(strengths), detector)).catch(
    (error: unknown): ChangedScore => ({
      score: null,
      probability: null,
      threshold: null,
      verdict: 'inconclusive',
      width: 0,
      height: 0,
      problem: problemOf(error).message,
    }),
  );
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, score);
  return score;
}

export const lookOf = (picture: Picture, strengths: Strengths) =>
  ask(engine => engine.lookOfChanged(picture.id, { name: picture.name, file: picture.file }, changesOf(strengths)));
