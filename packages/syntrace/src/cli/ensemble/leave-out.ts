import { type EvaluationResult, type EvaluationRow, evaluate, leaveOneOut, memberRows } from '@syntrace/evaluation';
import { lazyLearners } from '../../learners.js';
import { judgedSets, membersOf } from '../eval/judged-sets.js';
import { chosenMembers } from '../eval/series.js';
import { openSession } from '../open-session.js';
import { grid } from '../output/grid.js';
import { byCost, type FitOptions, fitOptionsOf, methodsOf, rowsFor } from './fit.js';

interface LeaveOutOptions extends FitOptions {
  readonly family?: readonly string[];
  readonly json?: boolean;
}

/** Figures of methods, and of the members alone at their shipped thresholds, on generators that the fit had not seen. */
export async function leaveOutCommand(paths: readonly string[], options: LeaveOutOptions): Promise<void> {
  const given = methodsOf(options);
  const methods = given.length > 0 ? given : (['mean', 'weighted', 'stacker'] as const);
  const session = await openSession(options);
  const { ids } = chosenMembers(session);
  const { rows, failed } = await judgedSets(paths, session, ids, options);
  await session.syntrace.close();
  const families = (options.family ?? []).map(names => names.split(','));
  const familyOf = (group: string) => families.find(names => names.includes(group))?.[0] ?? group;
  const results: EvaluationResult[] = [];
  const add = (name: string, judged: readonly EvaluationRow[]) => {
    const conditions = [...new Set(rows.map(({ condition }) => condition))];
    for (const condition of conditions)
      results.push(
        evaluate(
          judged.filter((_, i) => rows[i]!.condition === condition),
          { name: `${name}, ${condition}`, seed: options.seed, resamples: 300 },
        ),
      );
  };
  ids.forEach((id, m) => {
    if (rows.some(({ detections }) => detections[m]!.score !== null)) add(id, memberRows(rows, m));
  });
  for (const method of methods) {
    const ordered = method === 'cascade' ? byCost(ids, rows) : ids;
    const fit = { ...fitOptionsOf(options, method), id: method, members: membersOf(session, ordered) };
    add(method, await leaveOneOut(rowsFor(ordered, rows), fit, lazyLearners(), familyOf));
  }
  if (options.json) console.log(JSON.stringify(results, null, 2));
  else {
    const cell = (value: { readonly value: number; readonly low: number | null; readonly high: number | null } | null) =>
      value ? `${value.value.toFixed(3)}${value.low === null || value.high === null ? '' : `\n${value.low.toFixed(2)}–${value.high.toFixed(2)}`}` : '–';
    console.log(
      grid(
        ['', 'AUC', 'balanced accuracy', 'real', 'synthetic', 'ECE', 'undecided'],
        results.map(({ name, pooled: { metrics, coverage } }) => [
          name,
          ...[metrics.auc, metrics.balancedAccuracy, metrics.realAccuracy, metrics.syntheticAccuracy, metrics.ece].map(cell),
          `${(100 * (1 - coverage)).toFixed(0)} %`,
        ]),
      ),
    );
  }
  process.exitCode = failed > 0 ? 1 : 0;
}
