import { checkCard, type Detector, type ModelCard, messageOf, type ScoreMeaning, SyntraceError, scoreOf } from '@syntrace/core';

/** What `syntrace calibrate` writes: what a detector's scores mean, and on which pictures that was fitted. Belongs to one detector and its weights. */
export interface CalibrationFile extends ScoreMeaning {
  readonly format: 1;
  readonly kind: 'calibration';
  readonly detector: string;
  readonly version: string;
  /** SHA-256 of the weights that it was fitted for, by name; empty where the detector has none. */
  readonly files: Readonly<Record<string, string>>;
  readonly fitted: Readonly<Record<string, unknown>>;
}

/** Reads a calibration's JSON. @throws ARTIFACT_INVALID */
export function parseCalibration(text: string, file: string): CalibrationFile {
  let raw: Partial<CalibrationFile> | null;
  try {
    raw = JSON.parse(text) as Partial<CalibrationFile> | null;
  } catch (error) {
    throw new SyntraceError('ARTIFACT_INVALID', { file, detail: `it is not JSON (${messageOf(error)})` });
  }
  if (raw?.kind !== 'calibration') throw new SyntraceError('ARTIFACT_INVALID', { file, detail: 'it is no calibration, as made by `syntrace calibrate`' });
  checkCard(raw);
  return raw as CalibrationFile;
}

/** A detector whose scores are given another meaning. @throws ARTIFACT_INVALID while it opens, when the calibration is for other weights */
export function recalibrated(detector: Detector, calibration: CalibrationFile, file: string): Detector {
  const { threshold, abstention, calibration: probability, realScoreQuantiles } = calibration;
  const meaning: ScoreMeaning = { threshold, abstention, calibration: probability, realScoreQuantiles };
  const card =
    detector.card &&
    (async (context: Parameters<NonNullable<Detector['card']>>[0]): Promise<ModelCard> => ({ ...(await detector.card!(context)), ...meaning }));
  return {
    ...detector,
    ...(card && { card }),
    open: async context => {
      const own = (await detector.card?.(context))?.files ?? {};
      if (!sameFiles(own, calibration.files))
        throw new SyntraceError('ARTIFACT_INVALID', {
          file,
          detail: `it was fitted for other weights of ${detector.id}; run \`syntrace calibrate\` with these`,
        });
      const open = await detector.open(context);
      return {
        detect: async (batch, run) => {
          const scores = await open.detect(batch, run);
          return scores.map(score => (score.score === null ? score : { ...score, ...scoreOf(score.score, meaning, score.evidence, score.warnings) }));
        },
        ...(open.explain && { explain: (image, run) => open.explain!(image, run) }),
        close: () => open.close(),
      };
    },
  };
}

function sameFiles(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every(name => a[name] === b[name]);
}
