// As much of vitest as the kernels' suites use, in one file of a bundle: a machine with a card need not have anything installed.
// Suites are collected as they are imported and run by `runAll`. A matcher that is not here fails its test.
export { expect } from './expect-alone.mjs';

const suite = (name, parent) => ({ name, parent, tests: [], suites: [], before: [], after: [], each: [] });
const root = suite('', undefined);
let current = root;

export function describe(name, body) {
  const outer = current;
  current = suite(name, outer);
  outer.suites.push(current);
  try {
    body();
  } finally {
    current = outer;
  }
}

export const test = (name, body) => void current.tests.push({ name, body });
const skip = (name, reason = 'left out') => void current.tests.push({ name, reason });

describe.skip = name => skip(name);
describe.skipIf = condition => (condition ? describe.skip : describe);
test.skip = name => skip(name);
test.skipIf = condition => (condition ? test.skip : test);
test.each = table => (name, body) => {
  for (const row of table) {
    const values = Array.isArray(row) ? row : [row];
    let at = 0;
    test(
      name.replace(/%[sdo]/g, () => String(values[at++])),
      () => body(...values),
    );
  }
};

export const beforeAll = hook => void current.before.push(hook);
export const afterAll = hook => void current.after.push(hook);
export const afterEach = hook => void current.each.push(hook);

/** Runs everything that was collected, in order. Gives `{ passed, failed: [{ name, message }], skipped: [name] }`. */
export async function runAll() {
  const results = { passed: 0, failed: [], skipped: [] };
  await runSuite(root, '', results);
  return results;
}

async function runSuite({ name, tests, suites, before, after, each }, prefix, results) {
  const path = [prefix, name].filter(Boolean).join(' > ');
  const fail = (where, error) => results.failed.push({ name: `${path} > ${where}`, message: String(error?.message ?? error).slice(0, 500) });
  try {
    for (const hook of before) await hook();
  } catch (error) {
    fail('before all', error);
    return;
  }
  for (const { name: own, body, reason } of tests) {
    if (!body) {
      results.skipped.push(`${path} > ${own}: ${reason}`);
      continue;
    }
    try {
      await body();
      results.passed++;
    } catch (error) {
      fail(own, error);
    }
    for (const hook of each) await hook();
  }
  for (const inner of suites) await runSuite(inner, path, results);
  for (const hook of after) await hook();
}
