import { SyntraceError, type TrainingOption } from '@syntrace/core';

/** Solved directly, to the optimum. */
const SOLVED = ['logistic', 'ridge', 'lasso', 'elastic'] as const;
/** The published ones, learnt batch by batch. */
const PUBLISHED = ['log', 'log1', 'log2', 'log3', 'nn', 'cnn', 'resnet'] as const;
export type Solved = (typeof SOLVED)[number];
export type Published = (typeof PUBLISHED)[number];
export const isSolved = (model: Solved | Published): model is Solved => SOLVED.some(each => each === model);

const ON = ['tiles', 'dct', 'pixels'] as const;
const CLASSES = ['two', 'generators'] as const;

/** Options of `syntrace train frequency`; defaults are those of the shipped weights, and the published ones for the published models. */
export const TRAINING_OPTIONS = {
  model: {
    type: 'string',
    default: 'logistic',
    choices: [...SOLVED, ...PUBLISHED],
    description:
      'logistic: L2-penalised logistic regression; ridge, lasso, elastic: least squares with that penalty; log, log1 (l1), log2 (l2), log3 (both), nn, cnn, resnet: as published, by Adam',
  },
  on: {
    type: 'string',
    default: 'auto',
    choices: ['auto', ...ON],
    description:
      'tiles: statistics of tiles (as shipped); dct: log spectra of whole windows; pixels: their pixels; auto: tiles, and dct for the published models',
  },
  size: { type: 'number', default: 128, description: 'side of the window in the middle of a picture, for dct and pixels' },
  grey: { type: 'boolean', default: false, description: 'dct and pixels: one channel instead of three' },
  classes: { type: 'string', default: 'two', choices: CLASSES, description: 'dct and pixels: two, or real and each generator' },
  perturbed: { type: 'boolean', default: false, description: 'dct and pixels: each picture once more, after a drawn noise, blur, JPEG or crop' },
  amount: { type: 'number', default: 0, description: 'dct and pixels: learn from so many training pictures, drawn with the seed; 0: all' },
  l1: { type: 'number', default: 0.01, description: 'lasso, elastic, log1, log3: weight of the sum of sizes' },
  l2: { type: 'number', default: 5.76e-4, description: 'weight of the sum of squares; default for dct and pixels: 1, published models 0.01' },
  epochs: { type: 'number', default: 50, description: 'published models: most passes over the pictures' },
  'batch-size': { type: 'number', default: 32, description: 'published models: pictures of a step' },
  'early-stopping': { type: 'number', default: 5, description: 'published models: stop after so many passes without a better validation loss; 0: never' },
  rate: { type: 'number', default: 0.001, description: 'published models: learning rate of Adam' },
  'set-weights': { type: 'string', default: '', description: 'weights of the datasets, e.g. bench=1.5,more=1; default: all 1' },
  abstain: { type: 'number', default: 0.04, description: 'probabilities this near to 0.5 become inconclusive' },
  licence: { type: 'string', default: 'unstated', description: 'licence of the training pictures, for the model card' },
  seed: { type: 'number', default: 1, description: 'seed of the drawn qualities and offsets' },
} as const satisfies Record<string, TrainingOption>;

export interface TrainingSettings {
  readonly model: Solved | Published;
  readonly on: (typeof ON)[number];
  readonly size: number;
  readonly grey: boolean;
  readonly classes: (typeof CLASSES)[number];
  readonly perturbed: boolean;
  readonly amount: number;
  readonly l1: number;
  readonly l2: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly earlyStopping: number;
  readonly rate: number;
  readonly setWeights: ReadonlyMap<string, number>;
  readonly abstain: number;
  readonly licence: string;
  readonly seed: number;
}

type Given = Readonly<Record<string, string | number | boolean>>;
const refuse = (detail: string): never => {
  throw new SyntraceError('USAGE', { detail: `option ${detail}` });
};

/** Checks options against their declaration, of which a detector may take a part. @throws USAGE */
export function settingsOf(options: Given, known: Readonly<Record<string, TrainingOption>> = TRAINING_OPTIONS): TrainingSettings {
  const unknown = Object.keys(options).find(name => !Object.hasOwn(known, name));
  if (unknown) throw new SyntraceError('USAGE', { detail: `unknown training option ${unknown}; known: ${Object.keys(known).join(', ')}` });
  const model = chosen(options, 'model', [...SOLVED, ...PUBLISHED]);
  const wanted = chosen(options, 'on', ['auto', ...ON]);
  const on = wanted === 'auto' ? (isSolved(model) ? 'tiles' : 'dct') : wanted;
  if (on === 'tiles' && !isSolved(model)) refuse(`on must be dct or pixels for ${model}, received tiles`);
  const l2 = options.l2 === undefined && on !== 'tiles' ? (isSolved(model) ? 1 : 0.01) : above(options, 'l2', 0);
  const abstain = number(options, 'abstain');
  if (!(abstain >= 0 && abstain < 0.5)) refuse(`abstain must be in 0…0.5, received ${abstain}`);
  const settings = {
    model,
    on,
    size: whole(options, 'size', 1),
    grey: Boolean(value(options, 'grey')),
    classes: chosen(options, 'classes', CLASSES),
    perturbed: Boolean(value(options, 'perturbed')),
    amount: whole(options, 'amount', 0),
    l1: above(options, 'l1', 0),
    l2,
    epochs: whole(options, 'epochs', 1),
    batchSize: whole(options, 'batch-size', 1),
    earlyStopping: whole(options, 'early-stopping', 0),
    rate: above(options, 'rate', 0),
    setWeights: parseSetWeights(String(value(options, 'set-weights'))),
    abstain,
    licence: String(value(options, 'licence')),
    seed: whole(options, 'seed', Number.NEGATIVE_INFINITY),
  };
  const misplaced = on === 'tiles' ? (['grey', 'perturbed', 'amount'] as const).find(name => Boolean(settings[name])) : undefined;
  if (misplaced || (on === 'tiles' && settings.classes !== 'two')) refuse(`${misplaced ?? 'classes'} is for dct and pixels; give on=dct or on=pixels`);
  return settings;
}

function value(options: Given, name: keyof typeof TRAINING_OPTIONS): string | number | boolean {
  const given = options[name] ?? TRAINING_OPTIONS[name].default;
  const { type } = TRAINING_OPTIONS[name];
  return typeof given === type ? given : refuse(`${name} must be a ${type}, received ${String(given)}`);
}

const number = (options: Given, name: keyof typeof TRAINING_OPTIONS): number => Number(value(options, name));

function above(options: Given, name: keyof typeof TRAINING_OPTIONS, least: number): number {
  const given = number(options, name);
  return given > least ? given : refuse(`${name} must be above ${least}, received ${given}`);
}

function whole(options: Given, name: keyof typeof TRAINING_OPTIONS, least: number): number {
  const given = number(options, name);
  if (Number.isSafeInteger(given) && given >= least) return given;
  return refuse(`${name} must be a whole number${Number.isFinite(least) ? ` of at least ${least}` : ''}, received ${given}`);
}

function chosen<T extends string>(options: Given, name: keyof typeof TRAINING_OPTIONS, choices: readonly T[]): T {
  const given = value(options, name);
  return choices.find(each => each === given) ?? refuse(`${name} must be one of ${choices.join(', ')}, received ${String(given)}`);
}

function parseSetWeights(text: string): ReadonlyMap<string, number> {
  return new Map(
    text
      .split(',')
      .filter(Boolean)
      .map(pair => {
        const [name, weight, ...more] = pair.split('=');
        if (!name || !(Number(weight) > 0) || weight === 'Infinity' || more.length > 0)
          throw new SyntraceError('USAGE', { detail: `set-weights must look like bench=1.5,more=1, received ${text}` });
        return [name, Number(weight)];
      }),
  );
}
