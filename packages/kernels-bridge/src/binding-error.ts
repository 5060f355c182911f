import { messageOf, SyntraceError } from '@syntrace/core';

type KernelCode = 'KERNEL_SHAPE' | 'KERNEL_DTYPE' | 'KERNEL_VALUE' | 'KERNEL_FOREIGN_TENSOR';

/** The error that Rust reported, or undefined when it is none: then the backend itself failed. */
export function reportedError(error: unknown): SyntraceError | undefined {
  const message = messageOf(error);
  if (!message.startsWith('{"code":"KERNEL_')) return undefined;
  const { code, ...details } = JSON.parse(message) as { code: KernelCode | 'KERNEL_TRAP' } & Record<string, string>;
  return code === 'KERNEL_TRAP' ? undefined : new SyntraceError(code, details);
}

/** What a trap says of itself. */
export function trapDetail(error: unknown): string {
  const message = messageOf(error);
  return message.startsWith('{"code":') ? (JSON.parse(message) as { detail: string }).detail : message;
}
