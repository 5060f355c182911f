// The book of a test run: what each step passed, failed and left out, and how long it took.
import { holdOutput, StepError, say, seconds, warn } from '../say.mjs';

const one = { passed: 1, failed: [], skipped: [] };

export class Ledger {
  steps = [];
  #kept;
  #began = performance.now();

  /** @param kept where the results of steps with a `key` are kept; nothing is kept without it */
  constructor(kept) {
    this.#kept = kept;
  }

  /** Whether that step was run and nothing in it failed. */
  succeeded(name) {
    return this.steps.some(step => step.name === name && step.failed.length === 0 && !step.leftOut);
  }

  /**
   * Runs one step; a step whose `needs` failed is not run and counts as failed. `work` gives counts, or nothing for a single check.
   * `leaveOut` is a reason to skip it. With a `key` a result without a failure is kept, and stands for the step while the key is the same.
   */
  async step(name, { needs = [], leaveOut, key } = {}, work) {
    const start = performance.now();
    say(`\n=== ${name}`);
    const add = (results, more) => {
      const ms = performance.now() - start;
      this.steps.push({ name, ms, ...results, ...more });
      say(
        `=== ${name}: ${results.passed} passed, ${results.failed.length} failed${results.skipped.length ? `, ${results.skipped.length} skipped` : ''} (${seconds(ms)})`,
      );
    };
    if (leaveOut) {
      say(`left out: ${leaveOut}`);
      return add({ passed: 0, failed: [], skipped: [{ name, reason: leaveOut }] }, { leftOut: true });
    }
    const broken = needs.filter(need => this.steps.some(step => step.name === need && step.failed.length > 0));
    if (broken.length > 0) return add({ passed: 0, failed: [`${name}: not run, as this failed: ${broken.join(', ')}`], skipped: [] });
    const before = key && this.#kept?.get(key);
    if (before) {
      say(`nothing that it reads has changed since ${before.date}: that result stands (--force runs it)`);
      return add(before.results, { kept: true });
    }
    try {
      const results = (await work()) ?? one;
      if (key && results.failed.length === 0) this.#kept?.put(name, key, results);
      add(results);
    } catch (error) {
      warn(error instanceof StepError ? error.message : String(error?.stack ?? error), error?.hint);
      add({ passed: 0, failed: [`${name}: ${String(error?.message ?? error).split('\n')[0]}`], skipped: [] });
    }
  }

  /**
   * Runs several steps, `atOnce` of them at a time, each step's output in one piece. Two steps in one `folder` are never run at the same time
   * (they share what Vite keeps there).
   * @param {{ name: string, folder?: string, options: object, work: () => Promise<unknown> }[]} steps
   */
  async together(steps, atOnce) {
    const waiting = [...steps];
    const busy = new Set();
    const worker = async () => {
      for (;;) {
        const next = waiting.findIndex(({ folder }) => !busy.has(folder));
        if (next < 0) return;
        const [{ name, folder = name, options, work }] = waiting.splice(next, 1);
        busy.add(folder);
        await holdOutput(() => this.step(name, options, work));
        busy.delete(folder);
      }
    };
    // A worker that found every folder busy has left: what then remains is run by the others.
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  /** Prints the times, everything left out with its reason, everything failed, and last `N passed, N failed`. Returns the exit code. */
  close() {
    const named = (step, name) => (name.startsWith(step) ? name : `${step}: ${name}`);
    const failed = this.steps.flatMap(step => step.failed.map(name => named(step.name, name)));
    const skipped = this.steps.flatMap(step => step.skipped.map(({ name, reason }) => ({ name: named(step.name, name), reason })));
    say('\n=== Times');
    for (const { name, ms, kept } of this.steps) say(`${(kept ? 'kept' : seconds(ms)).padStart(12)}  ${name}`);
    say(`${seconds(performance.now() - this.#began).padStart(12)}  in all`);
    const kept = this.steps.filter(step => step.kept).length;
    if (kept > 0) say(`\n${kept} of ${this.steps.length} steps were not run: their results stand, as nothing that they read has changed (--force runs all)`);
    if (skipped.length > 0) {
      say(`\n!!! ${skipped.length} SKIPPED: these were NOT tested here`);
      for (const { name, reason } of skipped) say(`!!!   ${name}: ${reason || 'NO REASON GIVEN'}`);
    }
    if (failed.length > 0) {
      say(`\n${failed.length} FAILED`);
      for (const name of failed) say(`  x ${name}`);
    }
    const passed = this.steps.reduce((sum, step) => sum + step.passed, 0);
    say(`\n${passed} passed, ${failed.length} failed`);
    return failed.length > 0 ? 1 : 0;
  }
}
