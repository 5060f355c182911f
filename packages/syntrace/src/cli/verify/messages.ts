import type { RuleResult } from '@syntrace/testkit';

/** What the child is told. */
export interface VerifyTask {
  readonly plugin: string;
  /** Id of the backend on which detectors are tested. */
  readonly backend: string;
  readonly ruleMs: number;
}

/** What the child says: how many rules there are, which it begins, how each ended, or why it could not begin. */
export type VerifyMessage =
  | { readonly type: 'plan'; readonly name: string; readonly version: string; readonly rules: number }
  | { readonly type: 'begin'; readonly rule: string; readonly subject: string; readonly promise: string }
  | { readonly type: 'end'; readonly result: RuleResult }
  | { readonly type: 'refused'; readonly error: { readonly code: string; readonly message: string; readonly hint: string } };
