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
  const unknown = Object.keys(options).find(name => !Object.hasOwn(TRAINING_OPTIONS, name));
  if (unknown) throw new SyntraceError('USAGE', { detail: `unknown training option ${unknown}; known: ${Object.keys(TRAINING_OPTIONS).join(', ')}` });
  const refuse = (detail: string): never => {
    throw new SyntraceError('USAGE', { detail: `option ${detail}` });
  };
  const value = (name: keyof typeof TRAINING_OPTIONS) => {
    const given = options[name] ?? TRAINING_OPTIONS[name].default;
    return typeof given === TRAINING_OPTIONS[name].type ? given : refuse(`${name} must be a ${TRAINING_OPTIONS[name].type}, received ${String(given)}`);
  };
  const model = value('model');
  if (model !== 'logistic' && model !== 'ridge') return refuse(`model must be logistic or ridge, received ${String(model)}`);
  const [l2, abstain, seed] = [Number(value('l2')), Number(value('abstain')), Number(value('seed'))];
  if (!(l2 > 0)) refuse(`l2 must be above 0, received ${l2}`);
  if (!(abstain >= 0 && abstain < 0.5)) refuse(`abstain must be in 0…0.5, received ${abstain}`);
  if (!Number.isSafeInteger(seed)) refuse(`seed must be a whole number, received ${seed}`);
  return {
    model,
    l2,
    setWeights: parseSetWeights(String(value('set-weights'))),
    abstain,
    licence: String(value('licence')),
    seed,
  };
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
