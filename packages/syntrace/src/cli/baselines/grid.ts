import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cellsOf, gridSearch, type Method, parameterKey, settingsOf } from '@syntrace/baselines';
import { messageOf, SyntraceError } from '@syntrace/core';
import { replaceFile, trainingDataOf } from '@syntrace/datasets';
import { interruptSignal } from '../interrupt.js';
import { openSession } from '../open-session.js';
import { grid } from '../output/grid.js';
import { prepareFolder } from '../output/prepare.js';
import { phases } from '../phases.js';
import { type BaselineCommandOptions, datasetsIn, type LookOptions, lookIn, methodNamed, type ParameterOptions, parametersIn, withJobs } from './choices.js';

interface GridCommandOptions extends BaselineCommandOptions, LookOptions, ParameterOptions<readonly number[]> {
  readonly folds: number;
}

/** Accuracies by dataset and look, then by the published name of the point. */
type Results = Record<string, Record<string, number>>;

/** Searches the grid of a method on each dataset; every point is written when it is known. */
export async function gridCommand(id: string, options: GridCommandOptions): Promise<void> {
  const method = methodNamed(id);
  const { parameters: _, ...settings } = settingsOf(method, lookIn(options));
  const cells = cellsOf({ ...method.grid, ...parametersIn(options, method) });
  for (const cell of cells) method.check(cell);
  const datasets = await datasetsIn(options);
  await prepareFolder(options.outputDir);
  const file = join(options.outputDir, `${id}_grid_search.json`);
  const results = await resultsIn(file);
  const { syntrace } = await openSession(withJobs(options));
  const signal = interruptSignal();
  const names: string[] = [];
  try {
    const context = await syntrace.context(signal);
    for (const dataset of datasets) {
      const data = trainingDataOf([dataset], context.kernels);
      const { input, size, colour } = settings.look;
      const name = [
        dataset.name,
        input,
        size,
        colour,
        settings.classes,
        ...(options.folds > 0 ? [`folds.${options.folds}`, `seed.${settings.seed}`] : []),
      ].join('/');
      names.push(name);
      const known = results[name] ?? {};
      results[name] = known;
      const pictures = options.folds > 0 ? Math.floor(((data.train.length + data.validation.length) * (options.folds - 1)) / options.folds) : data.train.length;
      const possible = cells.filter(cell => (method.needs?.(cell) ?? 2) <= pictures);
      const left = cells.length - possible.length;
      if (left > 0) console.error(`${dataset.name}: ${left} of ${cells.length} points need more than its ${pictures} pictures and are left out`);
      const pending = possible.filter(cell => !Object.hasOwn(known, parameterKey(method, cell)));
      console.error(`${name}: ${pending.length} points to search, ${possible.length - pending.length} are finished`);
      const shown = phases();
      try {
        for await (const { key, accuracy } of gridSearch(
          method,
          data,
          { settings, cells: pending, folds: options.folds },
          { ...context, learners: context.learners! },
          shown.show,
        )) {
          known[key] = accuracy;
          await replaceFile(file, new TextEncoder().encode(`${JSON.stringify(results, null, 2)}\n`));
        }
      } finally {
        shown.stop();
      }
    }
  } catch (error) {
    throw signal.aborted ? new SyntraceError('ABORTED', {}, error) : error;
  } finally {
    await syntrace.close();
  }
  say(method, results, names, options.json ?? false);
  console.error(`wrote ${file}`);
}

/** What an earlier run finished. @throws USAGE for a file that is none */
async function resultsIn(file: string): Promise<Results> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return {};
  try {
    const value = JSON.parse(text) as Results;
    if (Object.values(value).every(points => Object.values(points).every(Number.isFinite))) return value;
    throw new Error('an accuracy in it is no number');
  } catch (error) {
    throw new SyntraceError('USAGE', { detail: `${file} holds no results of a grid (${messageOf(error)}); move it away` }, error);
  }
}

/** The best point is the later one of equals, as published. */
function say(method: Method, results: Results, names: readonly string[], json: boolean): void {
  const own = Object.fromEntries(names.map(name => [name, results[name]!]));
  if (json) {
    console.log(JSON.stringify(own, null, 2));
    return;
  }
  for (const [name, points] of Object.entries(own)) {
    const best = Object.entries(points).reduce<[string, number] | null>((found, point) => (found && found[1] > point[1] ? found : point), null);
    console.log(name);
    console.log(
      grid(
        [method.id, 'accuracy', ''],
        Object.entries(points).map(([key, accuracy]) => [key, accuracy.toFixed(3), key === best?.[0] ? 'best' : '']),
      ),
    );
  }
}
