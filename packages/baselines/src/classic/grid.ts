import { SyntraceError, seededRandom, type TrainingProgress, type TrainingSample } from '@syntrace/core';
import { accuracyOf, type Method, type Parameters, type Part, parameterKey, predicted } from './method.js';
import { classNames, type Settings } from './settings.js';
import { standardised, standardOf } from './standard.js';
import { type Able, partOf } from './train.js';

/** One point of a grid, with what it reached. */
export interface GridCell {
  /** Its published name, e.g. `n_neighbors.5`. */
  readonly key: string;
  readonly parameters: Parameters;
  /** On the validation pictures, or the mean over the folds. */
  readonly accuracy: number;
}

/** What a grid is searched on. */
export interface GridData {
  readonly train: readonly TrainingSample[];
  readonly validation: readonly TrainingSample[];
}

export interface GridOptions {
  readonly settings: Omit<Settings, 'parameters'>;
  readonly cells: readonly Parameters[];
  /** 0: fitted on `train` and judged by `validation`, as published. Else both together are split so often, each class alike, with the seed. */
  readonly folds: number;
}

/** Every combination of values, the last name fastest. */
export const cellsOf = (values: Readonly<Record<string, readonly number[]>>): readonly Parameters[] =>
  Object.entries(values).reduce<readonly Parameters[]>((cells, [name, all]) => cells.flatMap(cell => all.map(value => ({ ...cell, [name]: value }))), [{}]);

/** Accuracies of the cells, each as soon as it is known (with folds: when the last fold is done). O(folds · cells) fits, which share what they have in common.
 *  @throws USAGE, TRAINING_INVALID */
export async function* gridSearch(
  method: Method,
  { train, validation }: GridData,
  { settings, cells, folds }: GridOptions,
  context: Able,
  progress: (p: TrainingProgress) => void = () => {},
): AsyncGenerator<GridCell> {
  for (const cell of cells) method.check(cell);
  if (cells.length === 0) return;
  const names = classNames(train, settings);
  const say = (phase: string) => ({ progress, phase });
  const first = await partOf(train, names, settings, context, say('training pictures'));
  const second = await partOf(validation, names, settings, context, say('validation pictures'));
  const cell = (i: number, accuracy: number): GridCell => ({ key: parameterKey(method, cells[i]!), parameters: cells[i]!, accuracy });
  if (folds === 0) {
    let i = 0;
    for await (const accuracy of accuracies(method, first, second, cells, context)) {
      yield cell(i, accuracy);
      progress({ phase: `grid (${method.id})`, done: ++i, total: cells.length });
    }
    return;
  }
  const sums = cells.map(() => 0);
  const whole = joined(first, second);
  const places = foldsOf(whole.y, whole.classes, folds, settings.seed);
  for (let fold = 0; fold < folds; fold++) {
    const [others, own] = [picked(whole, i => places[i] !== fold), picked(whole, i => places[i] === fold)];
    let i = 0;
    for await (const accuracy of accuracies(method, others, own, cells, context)) {
      sums[i]! += accuracy;
      progress({ phase: `grid (${method.id})`, done: fold * cells.length + ++i, total: folds * cells.length });
    }
  }
  for (const [i, sum] of sums.entries()) yield cell(i, sum / folds);
}

/** By the training part's own standard. */
async function* accuracies(method: Method, train: Part, validation: Part, cells: readonly Parameters[], context: Able): AsyncGenerator<number> {
  const { kernels } = context;
  const standard = await standardOf(train.x, train.look, kernels);
  const known: Part = { ...train, x: await standardised(train.x, standard, kernels) };
  const asked: Part = { ...validation, x: await standardised(validation.x, standard, kernels) };
  if (method.cells) {
    yield* method.cells(known, asked, cells, context);
    return;
  }
  for (const cell of cells) {
    context.signal.throwIfAborted();
    const fitted = await method.fit(known, cell, context);
    const scorer = method.open({ ...fitted, look: train.look, classes: train.classes }, kernels);
    try {
      yield accuracyOf(predicted(await scorer.scores(asked.x), train.classes), asked.y);
    } finally {
      scorer.close();
    }
  }
}

const joined = (a: Part, b: Part): Part => {
  const x = new Float32Array(a.x.length + b.x.length);
  x.set(a.x);
  x.set(b.x, a.x.length);
  return { ...a, x, y: Uint8Array.from([...a.y, ...b.y]) };
};

function picked(part: Part, wanted: (row: number) => boolean): Part {
  const values = part.x.length / part.y.length;
  const rows = [...part.y.keys()].filter(wanted);
  const x = new Float32Array(rows.length * values);
  rows.forEach((row, i) => {
    x.set(part.x.subarray(row * values, (row + 1) * values), i * values);
  });
  return { ...part, x, y: Uint8Array.from(rows, row => part.y[row]!) };
}

/** The fold of each row: rows of a class are shuffled, then dealt out. @throws USAGE for fewer rows of a class than folds */
function foldsOf(y: Uint8Array, classes: number, folds: number, seed: number): Uint8Array {
  const places = new Uint8Array(y.length);
  for (let label = 0; label < classes; label++) {
    const rows = [...y.keys()].filter(row => y[row] === label);
    if (!(Number.isSafeInteger(folds) && folds >= 2 && folds <= Math.min(255, rows.length)))
      throw new SyntraceError('USAGE', { detail: `folds must be a whole number, 2 to ${rows.length} (the pictures of a class), received ${folds}` });
    for (const [i, row] of seededRandom(seed, `folds/${label}`).shuffle(rows).entries()) places[row] = i % folds;
  }
  return places;
}
