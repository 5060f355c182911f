// A vitest reporter that writes the sums of a run, with the name and the reason of each test left out, to the file that SYNTRACE_RESULTS names.
import { writeFileSync } from 'node:fs';

export default class ResultsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const results = { passed: 0, failed: [], skipped: [] };
    for (const module of modules) {
      const where = `${module.project.name ? `[${module.project.name}] ` : ''}${module.relativeModuleId ?? module.moduleId}`;
      for (const error of module.errors()) results.failed.push(`${where}: ${error.message}`);
      for (const suite of module.children.allSuites())
        for (const error of suite.errors()) results.failed.push(`${where} > ${suite.fullName}: ${error.message}`);
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        const name = `${where} > ${test.fullName}`;
        if (state === 'passed') results.passed++;
        else if (state === 'skipped') results.skipped.push({ name, reason: note ?? '' });
        else results.failed.push(state === 'failed' ? name : `${name} (did not finish)`);
      }
    }
    for (const error of unhandledErrors) results.failed.push(`unhandled: ${error.message}`);
    // biome-ignore lint/suspicious/noUndeclaredEnvVars: lib/test/vitest.mjs sets it, turbo has no part in this
    writeFileSync(process.env.SYNTRACE_RESULTS, JSON.stringify(results));
  }
}
