import type { TrainingOption } from './contract/training.js';
import { SyntraceError } from './errors.js';

type Value = string | number | boolean;
type Widened<T> = T extends string ? string : T extends number ? number : boolean;
/** Values of options by their declaration. */
export type OptionValues<O extends Readonly<Record<string, TrainingOption>>> = { readonly [N in keyof O]: Widened<O[N]['default']> };

/** A value for every declared option: the given one, else that of `otherwise`, else the default; of its type, and one of its choices.
 *  @throws USAGE, also for options that are not declared */
export function optionValues<O extends Readonly<Record<string, TrainingOption>>>(
  declared: O,
  given: Readonly<Record<string, Value>>,
  otherwise: Readonly<Partial<Record<string, Value>>> = {},
): OptionValues<O> {
  const unknown = Object.keys(given).find(name => !Object.hasOwn(declared, name));
  if (unknown !== undefined) return refuse(`unknown training option ${unknown}; known: ${Object.keys(declared).join(', ')}`);
  const checked = (name: string, { type, choices, default: usual }: TrainingOption): Value => {
    const value = given[name] ?? otherwise[name] ?? usual;
    if (typeof value !== type) return refuse(`option ${name} must be a ${type}, received ${String(value)}`);
    if (choices && !choices.includes(String(value))) return refuse(`option ${name} must be ${choices.join(' or ')}, received ${String(value)}`);
    return value;
  };
  return Object.fromEntries(Object.entries(declared).map(([name, option]) => [name, checked(name, option)])) as OptionValues<O>;
}

/** Refuses a number that is not whole or below its least. @throws USAGE */
export function checkWhole<N extends string>(values: Readonly<Record<N, number>>, least: readonly (readonly [N, number])[]): void {
  for (const [name, bound] of least)
    if (!Number.isSafeInteger(values[name]) || values[name] < bound) refuse(`option ${name} must be a whole number from ${bound}, received ${values[name]}`);
}

/** Refuses a number outside 0…1. @throws USAGE */
export function checkShares<N extends string>(values: Readonly<Record<N, number>>, names: readonly N[]): void {
  for (const name of names) if (!(values[name] >= 0 && values[name] <= 1)) refuse(`option ${name} must be in 0…1, received ${values[name]}`);
}

function refuse(detail: string): never {
  throw new SyntraceError('USAGE', { detail });
}
