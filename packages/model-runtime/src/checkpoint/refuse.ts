import { SyntraceError } from '@syntrace/core';

/** Throws the refusal of a file that is damaged or does not keep to its format. */
export type Refuse = (detail: string) => never;

export const refuserOf =
  (file: string): Refuse =>
  detail => {
    throw new SyntraceError('CHECKPOINT_INVALID', { file, detail });
  };
