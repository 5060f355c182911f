import type { Kernels, Tensor } from '@syntrace/core';

/** Kernels that know which of their tensors nobody has given back. */
export interface TrackedKernels {
  readonly kernels: Kernels;
  live(): number;
}

/** Watches kernels without changing what they do. */
export function tracked(kernels: Kernels): TrackedKernels {
  const live = new Set<Tensor>();
  const note = <T>(value: T): T => {
    for (const tensor of tensorsIn(value)) live.add(tensor);
    return value;
  };
  const watched = new Proxy(kernels, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      if (name === 'free')
        return (...tensors: Tensor[]) => {
          for (const tensor of tensors) live.delete(tensor);
          target.free(...tensors);
        };
      return (...args: unknown[]) => {
        const result: unknown = Reflect.apply(member, target, args);
        return result instanceof Promise ? result.then(note) : note(result);
      };
    },
  });
  return { kernels: watched, live: () => live.size };
}

function tensorsIn(value: unknown): Tensor[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  if ('dtype' in value && 'shape' in value && 'backend' in value) return [value as Tensor];
  return Object.values(value).flatMap(tensorsIn);
}
