import { writeFile } from 'node:fs/promises';
import { type EnsembleSpec, isFailure, type ScoreMeaning, SyntraceError } from '@syntrace/core';
import { calibrate, ensembleRows, shiftedMeaning } from '@syntrace/evaluation';
import { nameOf } from '@syntrace/image-io';
import type { CalibrationFile } from '../../calibration.js';
import { lazyLearners } from '../../learners.js';
import { type JudgedSets, type JudgedSetsOptions, judgedSets } from '../eval/judged-sets.js';
import { chosenMembers } from '../eval/series.js';
import { expandInputs } from '../inputs.js';
import { interruptSignal } from '../interrupt.js';
import { openSession, type Session, type SessionOptions } from '../open-session.js';
import { prepareFile } from '../output/prepare.js';
import { startProgress } from '../progress.js';
import { sayCalibration } from './say.js';

interface CalibrateOptions extends SessionOptions, JudgedSetsOptions {
  readonly out: string;
  readonly method: 'platt' | 'isotonic' | 'temperature' | 'shift';
  readonly fpr?: number;
  readonly alpha?: number;
  readonly unlabelled?: boolean;
  readonly share: number;
  readonly seed: number;
}

/** Fits what the scores of a detector, or of an ensemble, mean, and writes it with the pictures that it was fitted on. */
export async function calibrateCommand(paths: readonly string[], options: CalibrateOptions): Promise<void> {
  const { method, fpr, alpha, seed } = options;
  if (options.unlabelled && method !== 'shift') throw new SyntraceError('USAGE', { detail: '--unlabelled pictures allow --method shift alone' });
  if (method === 'shift' && (fpr !== undefined || alpha !== undefined))
    throw new SyntraceError('USAGE', { detail: '--method shift moves threshold and band; it takes neither --fpr nor --alpha' });
  await prepareFile(options.out);
  const session = await openSession(options);
  const { ids, ensemble } = chosenMembers(session);
  try {
    const current = await meaningOf(session, ids, ensemble);
    const judged = options.unlabelled ? await unlabelledScores(paths, session) : await labelledScores(paths, session, ids, ensemble, options);
    const { rows, data, failed } = judged;
    if (method === 'shift') {
      if (!current) throw new SyntraceError('USAGE', { detail: `--method shift needs a calibration to move, ${ids.join('+')} has none; fit one first` });
      const { meaning, shift } = shiftedMeaning(current, rows, options.share);
      console.error(`shift of the logit: ${shift.toFixed(3)}; threshold ${current.threshold.toPrecision(4)} → ${meaning.threshold.toPrecision(4)}`);
      await write(
        options.out,
        meaning,
        { method: options.unlabelled ? 'unlabelled shift' : 'shift', shift, ...(options.unlabelled && { share: options.share }), data },
        session,
        ids,
        ensemble,
      );
    } else {
      const labelled = rows.flatMap(({ score, label, group }) => (label === null ? [] : [{ score, label, group }]));
      const how = {
        method,
        base: current?.calibration ?? null,
        seed,
        ...(fpr !== undefined && { falsePositiveRate: fpr }),
        ...(alpha !== undefined && { alpha }),
      };
      const fitted = await calibrate(labelled, how, lazyLearners());
      sayCalibration(fitted);
      const { meaning, coverage = null, temperature, fitted: onTheseVeryPictures } = fitted;
      const about = { method, ...(temperature !== undefined && { temperature }), falsePositiveRate: fpr ?? null, coverage, onTheseVeryPictures, data };
      await write(options.out, meaning, about, session, ids, ensemble);
    }
    if (failed > 0) console.error(`${failed} pictures could not be judged`);
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    await session.syntrace.close();
  }
  console.error(`wrote ${options.out}`);
}

interface Scores {
  readonly rows: readonly { readonly score: number | null; readonly label: 0 | 1 | null; readonly group: string }[];
  readonly data: JudgedSets['data'] | readonly { readonly names: readonly string[]; readonly pictures: number }[];
  readonly failed: number;
}

async function labelledScores(
  paths: readonly string[],
  session: Session,
  ids: readonly string[],
  ensemble: EnsembleSpec | null,
  options: CalibrateOptions,
): Promise<Scores> {
  const { rows, data, failed } = await judgedSets(paths, session, ids, options);
  const scores = ensemble ? ensembleRows(ensemble, rows).map(({ score }) => score) : rows.map(({ detections }) => detections[0]!.score);
  return { rows: rows.map(({ label, group }, i) => ({ label, group, score: scores[i]! })), data, failed };
}

async function unlabelledScores(paths: readonly string[], { syntrace, choice }: Session): Promise<Scores> {
  const { sources } = await expandInputs(paths);
  const progress = startProgress('judging', sources.length);
  const rows: Scores['rows'][number][] = [];
  let failed = 0;
  try {
    for await (const outcome of syntrace.detectAll(sources, { ...choice, signal: interruptSignal() })) {
      if (isFailure(outcome)) {
        failed++;
        progress.aside(() => console.error(`${nameOf(sources[outcome.index]!)}: ${outcome.error.code} ${outcome.error.message}`));
      } else rows.push({ score: outcome.score, label: null, group: '' });
      progress.step();
    }
  } finally {
    progress.stop();
  }
  return { rows, data: [{ names: paths, pictures: rows.length }], failed };
}

/** What the scores mean now; nothing for a detector without a card. */
async function meaningOf({ syntrace, loadAsset }: Session, ids: readonly string[], ensemble: EnsembleSpec | null): Promise<ScoreMeaning | null> {
  if (ensemble) return { ...ensemble, calibration: ensemble.calibration ?? { method: 'platt', slope: 1, intercept: 0 } };
  return (await syntrace.registry.detector(ids[0]!).card?.({ loadAsset })) ?? null;
}

/** An ensemble is written as one again, a detector's calibration as a file for `--calibration`. */
async function write(
  file: string,
  meaning: ScoreMeaning,
  fitted: CalibrationFile['fitted'],
  session: Session,
  ids: readonly string[],
  ensemble: EnsembleSpec | null,
) {
  const { syntrace, loadAsset } = session;
  const { threshold, abstention, calibration, realScoreQuantiles } = meaning;
  const plain = { threshold, abstention, calibration, realScoreQuantiles };
  const [id] = ids as [string];
  const artifact = ensemble
    ? { ...ensemble, ...plain, fitted: { ...ensemble.fitted, calibration: fitted } }
    : ({
        format: 1,
        kind: 'calibration',
        detector: id,
        version: syntrace.registry.versionOf(id),
        files: (await syntrace.registry.detector(id).card?.({ loadAsset }))?.files ?? {},
        ...plain,
        fitted,
      } satisfies CalibrationFile);
  await writeFile(file, `${JSON.stringify(artifact, null, 2)}\n`);
}
