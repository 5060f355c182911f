import { sourceTypeOf } from '../signs/rules.js';
import type { Declaration } from '../signs/sign.js';
import { asList, asRecord, asText, type Json, type Store } from './store.js';

/** What a manifest says was done, in its order. */
export interface History {
  readonly declares: Declaration;
  /** The program or model behind the declaration, else the one that signed. */
  readonly generator: string | null;
  readonly statements: readonly string[];
}

const MOST_MANIFESTS = 64;
const MOST_STATEMENTS = 100;
const RANK: readonly Declaration[] = ['none', 'capture', 'composite', 'synthetic'];

/** Actions and ingredients of the active manifest and of its ancestors (C2PA 2.2 §18.16). Circles among manifests are walked once. */
export function historyOf({ active_manifest, manifests }: Store): History {
  const all = asRecord(manifests);
  const seen = new Set<string>();
  const statements: string[] = [];
  let declares: Declaration = 'none';
  let generator: string | null = null;
  // Whether an action itself names the program, which says more than who signed.
  let named = false;
  const walk = (label: unknown, relation: string): void => {
    if (typeof label !== 'string' || seen.has(label) || seen.size >= MOST_MANIFESTS || !Object.hasOwn(all, label)) return;
    seen.add(label);
    const manifest = asRecord(all[label]);
    const own = signerName(manifest);
    generator ??= own;
    for (const action of actionsOf(manifest)) {
      const { statement, declared, agent } = readAction(action);
      if (statements.length < MOST_STATEMENTS) statements.push(relation === '' ? statement : `${relation}: ${statement}`);
      // A synthetic part makes a composite; a synthetic ancestor stays synthetic, edited.
      const here = relation === PART && declared === 'synthetic' ? 'composite' : relation === PART && declared === 'capture' ? 'none' : declared;
      if (here === 'none' || RANK.indexOf(here) < RANK.indexOf(declares)) continue;
      if (here !== declares) [declares, generator, named] = [here, agent ?? own ?? generator, agent !== null];
      else if (!named && agent) [generator, named] = [agent, true];
    }
    for (const item of asList(manifest.ingredients)) {
      const { relationship, title, active_manifest: inner } = asRecord(item);
      const isParent = relationship === 'parentOf' || relationship === 'inputTo';
      if (statements.length < MOST_STATEMENTS) statements.push(`${isParent ? 'made from' : 'holds'} ${asText(title) ?? 'an ingredient without a title'}`);
      walk(inner, relation === PART || !isParent ? PART : ANCESTOR);
    }
  };
  walk(active_manifest, '');
  return { declares, generator, statements };
}

const ANCESTOR = 'ancestor';
const PART = 'part';

/** The program that signed. */
function signerName({ claim_generator_info, claim_generator }: Json): string | null {
  const { name, version } = asRecord(asList(claim_generator_info)[0]);
  const text = asText(name);
  return text ? [text, asText(version)].filter(Boolean).join(' ') : asText(claim_generator);
}

const actionsOf = ({ assertions }: Json): readonly unknown[] =>
  asList(assertions).flatMap(assertion => {
    const { label, data } = asRecord(assertion);
    return typeof label === 'string' && label.startsWith('c2pa.actions') ? asList(asRecord(data).actions) : [];
  });

function readAction(value: unknown): { statement: string; declared: Declaration; agent: string | null } {
  const { action, digitalSourceType, softwareAgent, when, parameters } = asRecord(value);
  const type = typeof digitalSourceType === 'string' ? sourceTypeOf(digitalSourceType) : null;
  const { name, version } = asRecord(softwareAgent);
  const agent = asText(softwareAgent) ?? (asText(name) ? [asText(name), asText(version)].filter(Boolean).join(' ') : null);
  const what = (asText(action) ?? 'an action without a name').replace(/^c2pa\./, '');
  const described = asText(asRecord(parameters).description);
  const parts = [what, described && `(${described})`, type && `as ${type.name}: ${type.says}`, agent && `by ${agent}`, asText(when) && `at ${asText(when)}`];
  return { statement: parts.filter(Boolean).join(' '), declared: type?.declares ?? 'none', agent };
}
