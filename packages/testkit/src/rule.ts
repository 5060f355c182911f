import { messageOf, SyntraceError } from '@syntrace/core';

/** A promise of the contract, as a test. */
export interface Rule<Subject> {
  /** Stable name, e.g. `detector/order`. */
  readonly id: string;
  /** The promise in a sentence. */
  readonly promise: string;
  /** Why it does not concern this subject, or `undefined`. */
  readonly leftOut?: (subject: Subject) => string | undefined;
  /** Resolves when the promise is kept; to a text, the reason, when that cannot be seen here. @throws an error whose message says how it was broken */
  readonly check: (subject: Subject) => Promise<unknown>;
}

export interface RuleResult {
  readonly rule: string;
  /** What was tested, e.g. `detector frequency`. */
  readonly subject: string;
  readonly promise: string;
  readonly status: 'kept' | 'broken' | 'left out';
  /** How it was broken, or why it was left out. */
  readonly detail: string;
  readonly ms: number;
}

/** A rule with its subject, for a test runner: `for (const { title, run } of detectorTests(…)) it(title, run)`. */
export interface KitTest {
  readonly rule: string;
  readonly subject: string;
  readonly promise: string;
  readonly title: string;
  readonly leftOut: string | undefined;
  /** Resolves to a text, the reason, when the rule cannot be tested here. @throws when it is broken */
  run(): Promise<unknown>;
}

/** Longest that one rule may take unless the caller says otherwise. */
const LIMIT_MS = 60_000;

export function testsOf<S>(rules: readonly Rule<S>[], name: string, subject: S, limitMs = LIMIT_MS): KitTest[] {
  return rules.map(({ id, promise, leftOut, check }) => ({
    rule: id,
    subject: name,
    promise,
    title: `${id}: ${promise}`,
    leftOut: leftOut?.(subject),
    run: () => within(limitMs, check(subject), `${id} took longer than ${limitMs / 1000} s`),
  }));
}

/** Runs tests one after the other; a broken rule ends none of the others. */
export async function resultsOf(tests: readonly KitTest[]): Promise<RuleResult[]> {
  const results: RuleResult[] = [];
  for (const test of tests) {
    const { rule, subject, promise, leftOut } = test;
    const start = performance.now();
    const end = leftOut === undefined ? await endOf(test) : { status: 'left out' as const, detail: leftOut };
    results.push({ rule, subject, promise, ...end, ms: performance.now() - start });
  }
  return results;
}

/** Throws one error that lists the broken rules; the shortest use of the kit under any runner. */
export function assertKept(results: readonly RuleResult[]): void {
  const broken = results.filter(({ status }) => status === 'broken');
  if (broken.length === 0) return;
  throw new Error(['the contract is broken:', ...broken.map(({ rule, subject, detail }) => `  ${rule} (${subject}): ${detail}`)].join('\n'));
}

async function endOf({ run }: KitTest): Promise<Pick<RuleResult, 'status' | 'detail'>> {
  try {
    const leftOut = await run();
    return typeof leftOut === 'string' ? { status: 'left out', detail: leftOut } : { status: 'kept', detail: '' };
  } catch (error) {
    // Nothing can be seen of a detector whose user has yet to import weights, or to install what runs them.
    if (SyntraceError.is(error, 'MODEL_MISSING') || SyntraceError.is(error, 'MODEL_RUNTIME_MISSING')) return { status: 'left out', detail: error.message };
    return { status: 'broken', detail: messageOf(error) };
  }
}

/** The work's result, or an error when it does not settle in time. */
export function within<T>(ms: number, work: Promise<T>, message: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** @throws an error with that message unless the condition holds */
export function must(condition: boolean, message: string | (() => string)): asserts condition {
  if (!condition) throw new Error(typeof message === 'string' ? message : message());
}
