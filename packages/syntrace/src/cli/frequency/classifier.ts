import { type Artifact, type Judgement, type ModelCard, SyntraceError } from '@syntrace/core';
import { type FrequencyEvidence, frequencyDetector } from '@syntrace/detector-frequency';
import { statisticsFor } from '@syntrace/model-runtime';
import { useDetector } from '../../weights.js';
import { statisticsIn } from '../commands/classifier-files.js';
import { openSession, type Session, type SessionOptions } from '../open-session.js';
import { weightsAt } from '../use-weights.js';

export interface ClassifierOptions extends Omit<SessionOptions, 'weights'> {
  readonly weights: string;
  readonly meanVar?: string;
  readonly batch: number;
}

export interface ClassifierSession {
  readonly session: Session;
  readonly classes: readonly string[];
}

/** A session whose frequency detector is the classifier in a folder, with its own mean and variance or others. @throws USAGE for weights that are no classifier */
export async function openClassifierSession({ weights: folder, meanVar, ...options }: ClassifierOptions): Promise<ClassifierSession> {
  const { artifact } = await weightsAt(folder);
  const { size, channels } = windowOf(artifact, folder);
  const given = meanVar === undefined ? null : statisticsFor({ height: size, width: size, channels }, await statisticsIn(meanVar));
  const statistics = given && { statistics: { mean: given.mean.data, deviation: given.deviation.data } };
  const session = await openSession(options);
  useDetector(session.syntrace, frequencyDetector({ weights: artifact, ...statistics }));
  return { session, classes: classNames(artifact.card) };
}

/** The window that a classifier's card names. @throws USAGE for other weights */
export function windowOf({ card }: Artifact, folder: string): { readonly size: number; readonly channels: number } {
  const { size, colour, input } = card.preprocessing;
  if (card.detector === 'frequency' && typeof size === 'number' && (input === 'log-dct' || input === 'pixels'))
    return { size, channels: colour === 'grey' ? 1 : 3 };
  throw new SyntraceError('USAGE', {
    detail: `${folder} holds no classifier of whole windows; train one (syntrace train frequency … --set on=dct) or import one (syntrace models import frequency)`,
  });
}

export const classNames = ({ classes }: ModelCard): readonly string[] => classes ?? ['real', 'synthetic'];

/** Which class a picture was taken for: the most probable, or by the threshold where there are two without names. `null` when it could not be judged. */
export function classOf({ score, threshold, detectors }: Judgement): number | null {
  if (score === null || threshold === null) return null;
  const { classes } = detectors[0]!.evidence as FrequencyEvidence;
  if (!classes) return Number(score > threshold);
  const probabilities = classes.map(({ probability }) => probability);
  return probabilities.indexOf(Math.max(...probabilities));
}
