// A small runner for the checks that are scripts rather than vitest suites: each has a name, throws to fail, and is counted.
import { writeFileSync } from 'node:fs';
import { say } from './say.mjs';

/** A check that cannot be made here, with the reason. */
export class Skip extends Error {}

export class Checks {
  passed = 0;
  failed = [];
  skipped = [];

  async check(name, work) {
    try {
      const result = await work();
      this.passed++;
      say(`  ok      ${name}`);
      return result;
    } catch (error) {
      if (error instanceof Skip) return this.skip(name, error.message);
      this.failed.push(name);
      say(`  FAILED  ${name}`);
      for (const line of String(error?.message ?? error).split('\n')) say(`          ${line}`);
      if (!(error instanceof Error) || error.name === 'TypeError') say(String(error?.stack ?? ''));
      return undefined;
    }
  }

  skip(name, reason) {
    this.skipped.push({ name, reason });
    say(`  skipped ${name}: ${reason}`);
    return undefined;
  }

  /** Prints the sum, and writes it where `--results FILE` says; returns the exit code. */
  finish(argv = process.argv) {
    const at = argv.indexOf('--results');
    if (at > 0) writeFileSync(argv[at + 1], JSON.stringify({ passed: this.passed, failed: this.failed, skipped: this.skipped }));
    say(`${this.passed} passed, ${this.failed.length} failed, ${this.skipped.length} skipped`);
    return this.failed.length > 0 ? 1 : 0;
  }
}

export function expect(condition, message) {
  if (!condition) throw new Error(message);
}
