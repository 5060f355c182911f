import type { Kernels } from '@syntrace/core';

/** The largest error of an operation in one test, kept on the test's `meta` for the page of figures. */
export interface KernelError {
  readonly op: string;
  readonly error: number;
  /** The part of the tolerance that the worst element takes. */
  readonly share: number;
}

declare module 'vitest' {
  interface TaskMeta {
    kernelErrors?: readonly KernelError[];
  }
}

const NO_OPERATIONS = new Set<PropertyKey>(['tensor', 'read', 'free', 'close']);

let lastOperation = '';
let errors: KernelError[] = [];

/** Passes every call on and remembers the operation: a comparison is about the one that ran last. */
export function watched(kernels: Kernels): Kernels {
  return new Proxy(kernels, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (!NO_OPERATIONS.has(name)) lastOperation = String(name);
        return value.apply(target, args) as unknown;
      };
    },
  });
}

export function record(error: number, share: number): void {
  if (lastOperation) errors.push({ op: lastOperation, error, share });
}

/** What was recorded since the last call. */
export function takeErrors(): readonly KernelError[] {
  const taken = errors;
  errors = [];
  lastOperation = '';
  return taken;
}
