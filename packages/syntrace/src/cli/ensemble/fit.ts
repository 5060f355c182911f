import { writeFile } from 'node:fs/promises';
import { SyntraceError } from '@syntrace/core';
import { costOf, ENSEMBLE_METHODS, type EnsembleFitOptions, type EnsembleMethod, ensembleRows, evaluate, fitEnsemble } from '@syntrace/evaluation';
import { lazyLearners } from '../../learners.js';
import { sayCalibration } from '../calibrate/say.js';
import { type JudgedRow, type JudgedSetsOptions, judgedSets, membersOf } from '../eval/judged-sets.js';
import { chosenMembers } from '../eval/series.js';
import { openSession, type SessionOptions } from '../open-session.js';
import { prepareFile } from '../output/prepare.js';

export interface FitOptions extends SessionOptions, JudgedSetsOptions {
  readonly method?: readonly string[];
  readonly calibrate: 'platt' | 'isotonic' | 'temperature';
  readonly fpr?: number;
  readonly alpha?: number;
  readonly seed: number;
}

/** Fits an ensemble on the scores of its members and writes it, with what it was fitted on. */
export async function fitCommand(paths: readonly string[], options: FitOptions & { readonly out: string; readonly id: string }): Promise<void> {
  await prepareFile(options.out);
  const [method = 'weighted', ...more] = methodsOf(options);
  if (more.length > 0) throw new SyntraceError('USAGE', { detail: 'fit takes one --method; ensemble leave-out compares several' });
  const session = await openSession(options);
  const { ids } = chosenMembers(session);
  const { rows, data, failed } = await judgedSets(paths, session, ids, options);
  await session.syntrace.close();
  const ordered = method === 'cascade' ? byCost(ids, rows) : ids;
  const seen = rowsFor(ordered, rows);
  const { spec, calibration } = await fitEnsemble(
    seen,
    { ...fitOptionsOf(options, method), id: options.id, members: membersOf(session, ordered) },
    lazyLearners(),
  );
  const own = rowsFor(
    spec.members.map(({ id }) => id),
    rows,
  );
  const cost = costOf(spec, own);
  const versions = Object.fromEntries(spec.members.map(({ id }) => [id, session.syntrace.registry.versionOf(id)]));
  const measured = evaluate(ensembleRows(spec, own), { name: '', seed: options.seed, resamples: 200 }).pooled.metrics;
  const fitted = {
    method,
    versions,
    data,
    coverage: calibration.coverage ?? null,
    onTheseVeryPictures: measured,
    ...(method === 'cascade' && { milliseconds: cost }),
  };
  await writeFile(options.out, `${JSON.stringify({ ...spec, fitted }, null, 2)}\n`);
  console.error(spec.members.map(({ id, weight, role }) => `${id} ${weight.toFixed(3)}${role ? ` (${role})` : ''}`).join(', '));
  sayCalibration(calibration);
  if (method === 'cascade') console.error(`time a picture: ${cost.asked.toFixed(1)} ms instead of ${cost.all.toFixed(1)} ms, ${saved(cost)} saved`);
  if (failed > 0) console.error(`${failed} pictures could not be judged`);
  console.error(`wrote ${options.out}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

const saved = ({ all, asked }: ReturnType<typeof costOf>): string => `${all > 0 ? Math.round(100 * (1 - asked / all)) : 0} %`;

/** @throws USAGE for a method that is none */
export function methodsOf({ method = [] }: FitOptions): readonly EnsembleMethod[] {
  return method.map(name => {
    const known = ENSEMBLE_METHODS.find(each => each === name);
    if (known) return known;
    throw new SyntraceError('USAGE', { detail: `--method takes ${ENSEMBLE_METHODS.join(', ')}, received ${name}` });
  });
}

export const fitOptionsOf = ({ calibrate, fpr, alpha, seed }: FitOptions, method: EnsembleMethod): Pick<EnsembleFitOptions, 'method' | 'meaning'> => ({
  method,
  meaning: { method: calibrate, seed, ...(fpr !== undefined && { falsePositiveRate: fpr }), ...(alpha !== undefined && { alpha }) },
});

/** Cheap ones first, by the time that they took. */
export const byCost = (ids: readonly string[], rows: readonly JudgedRow[]): readonly string[] => {
  const cost = (id: string) => rows.reduce((sum, { detections }) => sum + detections.find(each => each.id === id)!.ms, 0);
  return [...ids].sort((a, b) => cost(a) - cost(b));
};

/** The same rows with these members, in this order. */
export const rowsFor = (ids: readonly string[], rows: readonly JudgedRow[]): readonly JudgedRow[] =>
  rows.map(row => ({ ...row, detections: ids.map(id => row.detections.find(each => each.id === id)!) }));
