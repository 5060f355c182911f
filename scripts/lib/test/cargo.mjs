import { run, tail } from '../process.mjs';
import { StepError } from '../say.mjs';

/** Counts of a `cargo test` output: `test result: ok. 3 passed; 0 failed; 1 ignored; …`, with the names of what failed or was ignored. */
export function parseCargoTest(output) {
  const results = { passed: 0, failed: [], skipped: [] };
  for (const line of output.split('\n')) {
    const sum = /^test result: \w+\. (\d+) passed; (\d+) failed;/.exec(line);
    if (sum) results.passed += Number(sum[1]);
    const test = /^test (.+?) (?:- should panic )?\.\.\. (FAILED|ignored)(?:, (.*))?$/.exec(line);
    if (test?.[2] === 'FAILED') results.failed.push(`cargo: ${test[1]}`);
    if (test?.[2] === 'ignored') results.skipped.push({ name: `cargo: ${test[1]}`, reason: test[3] ?? '' });
  }
  return results;
}

export async function cargoTest(rust) {
  const { code, output } = await run(rust.cargo, ['test', '--workspace', '--locked', '--no-fail-fast'], {
    env: { ...rust.env, CARGO_TERM_PROGRESS_WHEN: 'never' },
    show: true,
  });
  const results = parseCargoTest(output);
  if (code !== 0 && results.failed.length === 0) results.failed.push('cargo test did not build or crashed');
  return results;
}

/** `cargo fmt` or `cargo clippy`: one check, left out where the component is not installed. */
export async function cargoCheck(rust, name, args) {
  const probe = await run(rust.cargo, [name, '--version'], { env: rust.env });
  if (probe.code !== 0) {
    const reason = `cargo ${name} is not installed (${rust.rustup ? `rustup component add ${name === 'fmt' ? 'rustfmt' : name}` : 'it comes with rustup'})`;
    return { passed: 0, failed: [], skipped: [{ name: `cargo ${name}`, reason }] };
  }
  const { code, output } = await run(rust.cargo, [name, ...args], { env: { ...rust.env, CARGO_TERM_PROGRESS_WHEN: 'never' } });
  if (code !== 0) throw new StepError(`cargo ${name} complains\n${tail(output, 80)}`, name === 'fmt' ? '`cargo fmt --all` mends it.' : undefined);
  return { passed: 1, failed: [], skipped: [] };
}
