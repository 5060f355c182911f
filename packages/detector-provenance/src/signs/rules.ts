import type { Field } from '../file/parts.js';
import type { Declaration, Sign } from './sign.js';
import data from './signs.json' with { type: 'json' };

/** One entry of `signs.json`. Texts are compared as they are, without patterns: matching is linear whatever a file holds. */
export interface SignRule {
  readonly id: string;
  readonly kind: Exclude<Sign['kind'], 'c2pa' | 'watermark'>;
  readonly generator: string | null;
  /** `place:name` of the field, `place:*` for any. */
  readonly at: readonly string[];
  /** Texts that must all be in the value. */
  readonly all?: readonly string[];
  /** Texts of which one must be in the value. */
  readonly any?: readonly string[];
  /** The value itself. */
  readonly equals?: readonly string[];
  /** What else is looked at before it counts. */
  readonly check?: 'source-type' | 'aigc' | 'comfyui';
  readonly says: string;
  readonly declares: Declaration;
  readonly weight: number;
  /** Where the sign is documented or which program writes it. */
  readonly origin: string;
  /** File of this project that carries it. */
  readonly fixture: string;
}

export interface SourceType {
  readonly declares: Declaration;
  readonly says: string;
}

/** Every sign, in the order in which they are tried: the first that fits a field takes it. */
export const SIGN_RULES = data.signs as readonly SignRule[];

const SOURCE_TYPES = data.sourceTypes as Readonly<Record<string, SourceType>>;

/** Meaning of an IPTC digital source type, given as its address or name. */
export function sourceTypeOf(value: string): (SourceType & { readonly name: string }) | null {
  const name = /digitalsourcetype\/(\w{1,64})/i.exec(value)?.[1] ?? value.trim();
  return Object.hasOwn(SOURCE_TYPES, name) ? { ...SOURCE_TYPES[name]!, name } : null;
}

/** The first rule that fits a field. */
export function ruleFor(field: Field): SignRule | undefined {
  const [any, exact] = [`${field.place}:*`, `${field.place}:${field.name}`];
  return SIGN_RULES.find(rule => rule.at.some(at => at === any || at === exact) && fits(rule, field.value));
}

function fits({ all = [], any, equals }: SignRule, value: string): boolean {
  return all.every(text => value.includes(text)) && (!any || any.some(text => value.includes(text))) && (!equals || equals.includes(value.trim()));
}
