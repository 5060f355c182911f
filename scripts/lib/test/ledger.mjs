// The book of a test run: what each step passed, failed and left out, and how long it took.
import { StepError, say, seconds, warn } from '../say.mjs';

const one = { passed: 1, failed: [], skipped: [] };

export class Ledger {
  steps = [];

  /** Whether that step was run and nothing in it failed. */
  succeeded(name) {
    return this.steps.some(step => step.name === name && step.failed.length === 0 && !step.leftOut);
  }

  /**
   * Runs one step; a step whose `needs` failed is not run and counts as failed. `work` gives counts, or nothing for a single check.
   * `leaveOut` is a reason to skip it.
   */
  async step(name, { needs = [], leaveOut } = {}, work) {
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
    try {
      add((await work()) ?? one);
    } catch (error) {
      warn(error instanceof StepError ? error.message : String(error?.stack ?? error), error?.hint);
      add({ passed: 0, failed: [`${name}: ${String(error?.message ?? error).split('\n')[0]}`], skipped: [] });
    }
  }

  /** Prints the times, everything left out with its reason, everything failed, and last `N passed, N failed`. Returns the exit code. */
  close() {
    const named = (step, name) => (name.startsWith(step) ? name : `${step}: ${name}`);
    const failed = this.steps.flatMap(step => step.failed.map(name => named(step.name, name)));
    const skipped = this.steps.flatMap(step => step.skipped.map(({ name, reason }) => ({ name: named(step.name, name), reason })));
    say('\n=== Times');
    for (const { name, ms } of this.steps) say(`${seconds(ms).padStart(12)}  ${name}`);
    say(`${seconds(this.steps.reduce((sum, { ms }) => sum + ms, 0)).padStart(12)}  in all`);
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
