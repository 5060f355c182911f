import type { Kernels, MaskHeads, Tensor } from '@syntrace/core';
import type { Heads } from '../model/heads.js';
import type { Generator, WindowSet } from '../model/model.js';

/** Generators whose heads the kernels take in one go: the same front end, planes and number of masks. */
export interface Group {
  readonly generators: readonly Generator[];
  readonly frontEnd: string;
  /** Whether its planes hold half the frequencies. */
  readonly half: boolean;
  readonly heads: MaskHeads;
}

/** The heads of a set's generators on the kernels; the caller frees them. */
export async function groupsOf({ generators }: WindowSet, kernels: Kernels): Promise<readonly Group[]> {
  const groups = new Map<string, Generator[]>();
  for (const each of generators) {
    const key = [each.frontEnd, each.count, each.width, each.logits].join('/');
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const made: Group[] = [];
  for (const members of groups.values()) {
    const [{ frontEnd, width, height }] = members as [Generator];
    made.push({ generators: members, frontEnd, half: width !== height, heads: await headsOf(members, kernels) });
  }
  return made;
}

/** Heads of one shape as tensors; logits become masks. */
export async function headsOf(members: readonly Heads[], kernels: Kernels): Promise<MaskHeads> {
  const [{ count, height, width, logits }] = members as [Heads];
  const n = members.length;
  const planes = [n, count, 3, height, width];
  const doubles = (word: 'mixing' | 'norm' | 'scale', shape: readonly number[]) =>
    kernels.tensor('f64', Float64Array.from(members.flatMap(each => [...each[word]])), [n, ...shape]);
  const stored = kernels.tensor('f32', joined(members.map(({ masks }) => masks)), planes);
  const masks = logits ? await kernels.maskOfLogits(stored).finally(() => kernels.free(stored)) : stored;
  return {
    masks,
    references: kernels.tensor('f32', joined(members.map(({ references }) => references)), planes),
    mixing: doubles('mixing', [3, 3]),
    norm: doubles('norm', [4, 3]),
    scale: doubles('scale', [2]),
  };
}

export const tensorsOf = ({ masks, references, mixing, norm, scale }: MaskHeads): readonly Tensor[] => [masks, references, mixing, norm, scale];

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => {
    all.set(part, at);
    return at + part.length;
  }, 0);
  return all;
}
