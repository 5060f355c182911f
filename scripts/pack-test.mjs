// Packs every package, installs the tarballs into an empty folder, and uses them there: on two Nodes, from TypeScript, and through Vite in Chromium.
//   node scripts/pack-test.mjs [--keep]      after a build; --keep leaves the folder and says where it is
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Checks, expect } from './lib/checks.mjs';
import { findChromium } from './lib/chromium.mjs';
import { toolsEnvironment } from './lib/environment.mjs';
import { pictureFile, writeConsumer } from './lib/pack/consumer.mjs';
import { runExamples } from './lib/pack/examples.mjs';
import { askInChromium } from './lib/pack/in-chromium.mjs';
import { useMadePlugin } from './lib/pack/made-plugin.mjs';
import { testNodes } from './lib/pack/nodes.mjs';
import { installTarballs, packAll } from './lib/pack/pack.mjs';
import { usePlatformPackage } from './lib/pack/platform-package.mjs';
import { checkPublished, checkSizes } from './lib/pack/published.mjs';
import { useNpr } from './lib/pack/use-npr.mjs';
import { root } from './lib/paths.mjs';
import { run, tail } from './lib/process.mjs';
import { say } from './lib/say.mjs';

const checks = new Checks();
const work = mkdtempSync(join(tmpdir(), 'syntrace-pack-'));
const project = join(work, 'consumer');
const require = createRequire(join(root, 'package.json'));
const vite = join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js');
/** How far a score may differ between Node's backend and the browser's. */
const tolerance = 1e-4;

/** Runs a command in the project that must end well and say nothing on stderr but what `expected` matches. */
async function quietly(command, args, env, expected = /^$/) {
  const { code, stdout, stderr } = await run(command, args, { cwd: project, env, timeoutMs: 120_000 });
  expect(code === 0, `exit code ${code}\n${tail(stdout + stderr, 20)}`);
  expect(expected.test(stderr.trim()), `on stderr:\n${tail(stderr, 20)}`);
  return stdout;
}

function sameAnswer(answer, other) {
  expect(typeof answer?.score === 'number' && typeof other?.score === 'number', `no score: ${JSON.stringify([answer, other])}`);
  const difference = Math.abs(answer.score - other.score);
  expect(difference <= tolerance, `the scores ${answer.score} and ${other.score} differ by ${difference}`);
  expect(answer.verdict === other.verdict, `the verdicts differ: ${answer.verdict}, ${other.verdict}`);
}

function checkInspection({ status, preview }) {
  expect(status === 'untrusted', `the credential of the signed picture is ${status}`);
  expect(preview > 0, `the preview is ${preview} samples wide`);
}

async function useInNode(nodes) {
  let first;
  for (const { label, node, env } of nodes) {
    const answer = await checks.check(`${label}: detect() in five lines`, async () => {
      const result = JSON.parse(await quietly(node, ['five-lines.js'], env));
      expect(['real', 'synthetic', 'inconclusive'].includes(result.verdict), `verdict ${result.verdict}`);
      expect(Number.isFinite(result.score), `score ${result.score}`);
      return result;
    });
    first ??= answer;
    await checks.check(`${label}: Content Credentials of a signed picture`, async () =>
      checkInspection(JSON.parse(await quietly(node, ['inspecting.js'], env))),
    );
    await checks.check(`${label}: npx syntrace detect --ndjson`, async () => {
      const lines = (await quietly('npx', ['--no', 'syntrace', 'detect', pictureFile, '--ndjson'], env, /^1 judged in .*$/)).trim().split('\n');
      expect(lines.length === 1, `${lines.length} lines for one picture`);
      sameAnswer(JSON.parse(lines[0]), answer);
    });
  }
  return first;
}

async function useInBrowser(answer) {
  await checks.check('vite build, default config', async () => {
    const { code, output } = await run('node', [vite, 'build'], { cwd: project, env: toolsEnvironment({ NO_COLOR: '1' }) });
    expect(code === 0, tail(output, 30));
    const complaints = output.split('\n').filter(line => /externalized for browser|could not be resolved|doesn't exist at build time|\[UNRESOLVED/i.test(line));
    expect(complaints.length === 0, complaints.join('\n'));
  });
  const chromium = findChromium();
  for (const [name, args] of [
    ['built site (vite preview)', ['preview']],
    ['vite dev', []],
  ]) {
    if (!chromium) checks.skip(`Chromium: ${name}`, 'no Chromium was found');
    else
      await checks.check(`Chromium: detect() of a Blob and Content Credentials, ${name}, same answers as Node`, async () => {
        const [judged, inspected] = await askInChromium(['judge', 'inspect'], { vite, args, cwd: project, chromium });
        sameAnswer(judged, answer);
        checkInspection(inspected);
      });
  }
}

try {
  mkdirSync(project);
  writeConsumer(project, { typeRoots: join(root, 'node_modules', '@types') });
  const nodes = await testNodes();
  const packages = join(work, 'tarballs');
  const tarballs = await packAll(checks, packages);
  await checkPublished(checks, tarballs);
  await checks.check('npm install of the tarballs into an empty folder', () => installTarballs(project, tarballs, nodes[0].env));
  if (existsSync(join(project, 'node_modules', 'syntrace'))) {
    const answer = await useInNode(nodes);
    await checks.check('TypeScript consumer (nodenext, strict, no skipLibCheck)', () =>
      quietly('node', [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json'], toolsEnvironment()),
    );
    await useInBrowser(answer);
    await checkSizes(checks, project);
    const { env } = nodes[0];
    await useNpr(checks, { project, env });
    await useMadePlugin(checks, { project, packages, env });
    await runExamples(checks, { project, work, packages, env, vite, chromium: findChromium() });
    await usePlatformPackage(checks, { project, work, env });
  }
} finally {
  if (process.argv.includes('--keep')) say(`kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
process.exitCode = checks.finish();
