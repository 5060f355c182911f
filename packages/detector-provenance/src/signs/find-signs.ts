import type { Field, Parts } from '../file/parts.js';
import { CHECKS } from './checks.js';
import { detailsOf } from './details.js';
import { ruleFor, type SignRule } from './rules.js';
import type { Sign } from './sign.js';

/** The signs in a file's named values, each rule once. O(fields · rules · length) */
export function findSigns(fields: readonly Field[], size: Parts['size'], withPrompt: boolean): readonly Sign[] {
  const signs = new Map<string, Sign>();
  for (const field of fields) {
    const rule = ruleFor(field);
    const sign = rule && !signs.has(rule.id) ? signOf(rule, field, size, withPrompt) : null;
    if (sign) signs.set(sign.id, sign);
  }
  return [...signs.values()];
}

function signOf(rule: SignRule, { place, name, value }: Field, size: Parts['size'], withPrompt: boolean): Sign | null {
  const outcome = rule.check
    ? CHECKS[rule.check](value, rule, size)
    : { declares: rule.declares, weight: rule.weight, statement: `${rule.says} (${place} ${name})` };
  if (!outcome) return null;
  const { id, kind, generator } = rule;
  return { id, kind, generator, verified: null, place, ...outcome, details: detailsOf(value, withPrompt) };
}
