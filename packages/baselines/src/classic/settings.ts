import { SyntraceError, type TrainingOption, type TrainingSample } from '@syntrace/core';
import type { Look } from './look.js';
import type { Method, Parameters } from './method.js';

/** Options that every baseline takes beside its own. */
const SHARED = {
  size: { type: 'number', default: 128, description: 'side of the window in the middle of a picture' },
  grey: { type: 'boolean', default: false, description: 'one channel instead of three' },
  classes: { type: 'string', default: 'two', choices: ['two', 'generators'], description: 'two, or real and each generator' },
  licence: { type: 'string', default: 'unstated', description: 'licence of the training pictures, for the model card' },
  seed: { type: 'number', default: 1, description: 'of the folds of a grid; nothing else is drawn' },
} as const satisfies Record<string, TrainingOption>;

export interface Settings {
  readonly parameters: Parameters;
  readonly look: Look;
  readonly classes: 'two' | 'generators';
  readonly licence: string;
  readonly seed: number;
}

/** The options of a method as `--help` shows them; those that change nothing for it are left out. */
export function optionsOf({ inputs, options }: Method): Readonly<Record<string, TrainingOption>> {
  const [first, ...others] = inputs;
  const { size, grey, classes, ...rest } = SHARED;
  const on: TrainingOption = { type: 'string', default: first!, choices: inputs, description: 'what it is shown: log DCT spectra, or pixels' };
  return {
    ...options,
    ...(others.length > 0 && { on, grey }),
    ...(first !== 'csd' && { size, classes }),
    ...rest,
  };
}

/** Checked settings out of options by name, with the defaults of those that are not given. @throws USAGE */
export function settingsOf(method: Method, given: Readonly<Record<string, string | number | boolean>>): Settings {
  const known = optionsOf(method);
  const refuse = (detail: string): never => {
    throw new SyntraceError('USAGE', { detail });
  };
  const value = <T extends string | number | boolean>(name: string, otherwise: T): T => {
    const option = known[name];
    const found = given[name] ?? option?.default ?? otherwise;
    if (option && typeof found !== option.type) return refuse(`${name} must be a ${option.type}, received ${String(found)}`);
    if (option?.choices && !option.choices.includes(String(found)))
      return refuse(`${name} must be one of ${option.choices.join(', ')}, received ${String(found)}`);
    return found as T;
  };
  const unknown = Object.keys(given).find(name => !Object.hasOwn(known, name));
  if (unknown !== undefined) return refuse(`${method.id} has no option ${unknown}; it has ${Object.keys(known).join(', ')}`);
  const parameters = Object.fromEntries(Object.keys(method.options).map(name => [name, value(name, 0)]));
  method.check(parameters);
  const input = value<Look['input']>('on', method.inputs[0]!);
  const size = input === 'csd' ? 0 : value('size', 128);
  if (!(Number.isSafeInteger(size) && (size >= 8 || input === 'csd'))) return refuse(`size must be a whole number, 8 or more, received ${size}`);
  return {
    parameters,
    look: { input, size, colour: value('grey', false) ? 'grey' : 'rgb' },
    classes: value<Settings['classes']>('classes', 'two'),
    licence: value('licence', 'unstated'),
    seed: value('seed', 1),
  };
}

/** Names of the classes, real first; `null` for two. @throws TRAINING_INVALID where there are no generators to tell apart */
export function classNames(samples: readonly TrainingSample[], { classes }: Pick<Settings, 'classes'>): readonly string[] | null {
  if (classes === 'two') return null;
  const generators = [...new Set(samples.filter(({ label }) => label === 1).map(({ group }) => group))].sort();
  if (generators.length > 1) return ['real', ...generators];
  throw new SyntraceError('TRAINING_INVALID', { detail: `there are no generators to tell apart: ${generators.join(', ') || 'none'}` });
}

/** The class of a picture; −1 for a generator that is not known. */
export const classIn = ({ label, group }: TrainingSample, names: readonly string[] | null): number => (names && label === 1 ? names.indexOf(group) : label);
