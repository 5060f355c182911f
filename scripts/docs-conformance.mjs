// Writes docs/conformance.md: how far each kernel is from its truth, on every backend, from a run of the suites.
//   node scripts/docs-conformance.mjs      after `npm run build`; ../shared or SYNTRACE_SHARED holds the golden vectors
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolsEnvironment } from './lib/environment.mjs';
import { root } from './lib/paths.mjs';
import { findAll, run, tail } from './lib/process.mjs';
import { isMain, runMain, StepError, say } from './lib/say.mjs';

const columns = [
  { label: 'native', package: 'kernels-native', file: 'test/conformance.test.ts', args: [] },
  { label: 'WASM, Node', package: 'kernels-wasm', file: 'test/conformance.test.ts', args: ['--project=node'] },
  { label: 'WASM, Chromium', package: 'kernels-wasm', file: 'test/conformance.test.ts', args: ['--project=*chromium*'] },
];

/** The suite's tests with what they measured, as vitest's JSON report gives them. */
async function testsOf({ package: name, file, args }, work) {
  const report = join(work, `${name}-${args.length}.json`);
  const env = toolsEnvironment({ CI: 'true', NO_COLOR: '1' });
  const command = [findAll('vitest', env)[0], ['run', file, '--reporter=json', `--outputFile=${report}`, ...args]];
  const { code, output } = await run(...command, { cwd: join(root, 'packages', name), env });
  if (code !== 0) throw new StepError(`the conformance suite of ${name} fails\n${tail(output, 20)}`, 'Figures are taken from suites that pass.');
  return JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap(each => each.assertionResults);
}

/** Worst figures of every operation against golden vectors and against our own fixtures. */
export function worstOf(tests) {
  const worst = new Map();
  for (const { ancestorTitles, meta } of tests) {
    const truth = ancestorTitles.some(title => title.includes('golden')) ? 'golden' : 'own';
    for (const { op, error, share } of meta?.kernelErrors ?? []) {
      const key = `${op} ${truth}`;
      const before = worst.get(key) ?? { op, truth, comparisons: 0, error: 0, share: 0 };
      worst.set(key, {
        op,
        truth,
        comparisons: before.comparisons + 1,
        error: Math.max(before.error, error ?? Number.NaN),
        share: Math.max(before.share, share ?? Number.NaN),
      });
    }
  }
  return worst;
}

const cell = figure => (figure ? (figure.error === 0 ? 'exact' : `${figure.error.toExponential(1)} (${(100 * figure.share).toFixed(0)} %)`) : '–');

export function renderTable(byColumn) {
  const keys = [...new Set(byColumn.flatMap(({ worst }) => [...worst.keys()]))].sort();
  const lines = [
    `| operation | against | comparisons | ${byColumn.map(({ label }) => label).join(' | ')} |`,
    `|---|---|---:|${byColumn.map(() => '---:|').join('')}`,
  ];
  for (const key of keys) {
    const figures = byColumn.map(({ worst }) => worst.get(key));
    const { op, truth, comparisons } = figures.find(Boolean);
    lines.push(`| \`${op}\` | ${truth === 'golden' ? 'golden' : 'own fixtures'} | ${comparisons} | ${figures.map(cell).join(' | ')} |`);
  }
  return lines.join('\n');
}

async function main() {
  const work = mkdtempSync(join(tmpdir(), 'syntrace-conformance-'));
  try {
    const byColumn = [];
    for (const column of columns) byColumn.push({ label: column.label, worst: worstOf(await testsOf(column, work)) });
    const golden = byColumn.some(({ worst }) => [...worst.keys()].some(key => key.endsWith('golden')));
    if (!golden) throw new StepError('there are no golden vectors here', 'Set SYNTRACE_SHARED to the folder that holds golden/.');
    const page = `# Conformance of the kernels

<!-- Written by scripts/docs-conformance.mjs. -->

One suite (\`packages/kernels-conformance\`) runs against every backend, in Node and in a real Chromium. Each cell gives the largest absolute difference from the truth over all comparisons of an
operation and, in brackets, the largest part of the allowed difference that any element took; 100 % would be a failure. *golden*: outputs of the published code of each method; *own fixtures*:
float64 results of SciPy and other libraries, with the scripts that made them beside them. The tolerances stand in \`packages/kernels-conformance/src/tolerances.ts\` with their reasons, those of golden
vectors in their manifest. CUDA is checked on machines that have a card: see [\`bench/results\`](../bench/results).

${cpus()[0]?.model.trim()}, ${process.platform}-${process.arch}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}; made by \`node scripts/docs-conformance.mjs\`.

${renderTable(byColumn)}
`;
    writeFileSync(join(root, 'docs/conformance.md'), page);
    say('docs/conformance.md is written');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (isMain(import.meta.url)) await runMain(main);
