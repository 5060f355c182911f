import { SyntraceError, type TrainingOption } from '@syntrace/core';

/** Options of `syntrace train frequency`; defaults are those of the shipped weights. */
export const TRAINING_OPTIONS = {
  model: {
    type: 'string',
    default: 'logistic',
    choices: ['logistic', 'ridge'],
    description: 'logistic: L2-penalised logistic regression (the paper calls this ridge); ridge: least squares with an L2 penalty',
  },
  l2: { type: 'number', default: 5.76e-4, description: 'weight of the penalty on the standardised features' },
  'set-weights': { type: 'string', default: '', description: 'weights of the datasets, e.g. bench=1.5,more=1; default: all 1' },
  abstain: { type: 'number', default: 0.04, description: 'probabilities this near to 0.5 become inconclusive' },
  licence: { type: 'string', default: 'unstated', description: 'licence of the training pictures, for the model card' },
  seed: { type: 'number', default: 1, description: 'seed of the drawn qualities and offsets' },
} as const satisfies Record<string, TrainingOption>;

export interface TrainingSettings {
  readonly model: 'logistic' | 'ridge';
  readonly l2: number;
  readonly setWeights: ReadonlyMap<string, number>;
  readonly abstain: number;
  readonly licence: string;
  readonly seed: number;
}

/** Checks options against their declaration. @throws USAGE */
export function settingsOf(options: Readonly<Record<string, string | number | boolean>>): TrainingSettings {
  const unknown = Object.keys(options).find(name => !(name in TRAINING_OPTIONS));
  if (unknown) throw new SyntraceError('USAGE', { detail: `unknown training option ${unknown}; known: ${Object.keys(TRAINING_OPTIONS).join(', ')}` });
  const value = (name: keyof typeof TRAINING_OPTIONS) => {
    const given = options[name] ?? TRAINING_OPTIONS[name].default;
    if (typeof given !== TRAINING_OPTIONS[name].type)
      throw new SyntraceError('USAGE', { detail: `option ${name} must be a ${TRAINING_OPTIONS[name].type}, received ${String(given)}` });
    return given;
  };
  const model = value('model');
  if (model !== 'logistic' && model !== 'ridge')
    throw new SyntraceError('USAGE', { detail: `option model must be logistic or ridge, received ${String(model)}` });
  const abstain = Number(value('abstain'));
  if (abstain < 0 || abstain >= 0.5) throw new SyntraceError('USAGE', { detail: `option abstain must be in 0…0.5, received ${abstain}` });
  return {
    model,
    l2: Number(value('l2')),
    setWeights: parseSetWeights(String(value('set-weights'))),
    abstain,
    licence: String(value('licence')),
    seed: Number(value('seed')),
  };
}

function parseSetWeights(text: string): ReadonlyMap<string, number> {
  return new Map(
    text
      .split(',')
      .filter(Boolean)
      .map(pair => {
        const [name, weight] = pair.split('=');
        if (!name || !(Number(weight) > 0)) throw new SyntraceError('USAGE', { detail: `set-weights must look like bench=1.5,more=1, received ${text}` });
        return [name, Number(weight)];
      }),
  );
}
