import type { Parts } from '../file/parts.js';
import { parseObject } from './details.js';
import { type SignRule, sourceTypeOf } from './rules.js';
import type { Declaration } from './sign.js';

/** What a rule's check makes of a field. */
export interface Outcome {
  readonly declares: Declaration;
  readonly weight: number;
  readonly statement: string;
}

type Check = (value: string, rule: SignRule, size: Parts['size']) => Outcome | null;

/** Composite pictures hold real parts too, so they count for less. */
export const COMPOSITE_SHARE = 0.4;

export const CHECKS: Readonly<Record<NonNullable<SignRule['check']>, Check>> = {
  'source-type': (value, rule) => {
    const type = sourceTypeOf(value);
    if (!type) return null;
    return { declares: type.declares, weight: weightOf(type.declares, rule.weight), statement: `${rule.says}: ${type.name} (${type.says})` };
  },
  aigc: (value, rule) => {
    const label = labelOf(value);
    if (label === '1') return { declares: 'synthetic', weight: rule.weight, statement: `${rule.says}: 1 (generated or composed by AI)` };
    if (label === '2' || label === '3')
      return { declares: 'none', weight: 0, statement: `${rule.says}: ${label} (${label === '2' ? 'possibly' : 'suspected to be'} generated)` };
    return null;
  },
  comfyui: comfyui,
};

export function weightOf(declares: Declaration, weight: number): number {
  if (declares === 'synthetic') return weight;
  return declares === 'composite' ? weight * COMPOSITE_SHARE : 0;
}

function labelOf(value: string): string | undefined {
  const root = parseObject(value);
  const inner = root && typeof root.AIGC === 'string' ? parseObject(root.AIGC) : root?.AIGC;
  const label = (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : root)?.Label;
  return typeof label === 'string' || typeof label === 'number' ? String(label) : undefined;
}

/** A graph belongs to the picture when it samples, and makes pictures of this very size, or of this shape where it enlarges. */
function comfyui(value: string, rule: SignRule, size: Parts['size']): Outcome {
  const nothing = (why: string): Outcome => ({ declares: 'none', weight: 0, statement: `${rule.says}, but ${why}` });
  const nodes = Object.values(parseObject(value) ?? {}).flatMap(node => (isNode(node) ? [node] : []));
  if (!nodes.some(node => node.class_type.includes('Sampler'))) return nothing('it holds no sampler, so it need not have made the picture');
  const made = nodes.flatMap(({ class_type, inputs }) => {
    const { width, height } = inputs;
    return /^Empty.*Latent/.test(class_type) && typeof width === 'number' && typeof height === 'number' ? [{ width, height }] : [];
  });
  if (!size || made.length === 0) return nothing('the size of what it makes is not known; screenshots of a graph carry one too');
  const yes: Outcome = { declares: 'synthetic', weight: rule.weight, statement: `${rule.says}; it makes pictures of this size` };
  if (made.some(({ width, height }) => width === size.width && height === size.height)) return yes;
  const enlarges = nodes.some(node => /Upscale|Scale/.test(node.class_type));
  const shape = size.width / size.height;
  if (enlarges && made.some(({ width, height }) => size.width >= width && Math.abs(width / height / shape - 1) < 0.01))
    return { ...yes, statement: `${rule.says}; it makes pictures of this shape and enlarges them` };
  const sizes = made.map(({ width, height }) => `${width}×${height}`).join(', ');
  return nothing(`it makes pictures of ${sizes}, and this one has ${size.width}×${size.height}: perhaps a screenshot of the graph, or edited since`);
}

interface Node {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

function isNode(value: unknown): value is Node {
  const { class_type, inputs } = (value ?? {}) as Partial<Node>;
  return typeof class_type === 'string' && typeof inputs === 'object' && inputs !== null;
}
