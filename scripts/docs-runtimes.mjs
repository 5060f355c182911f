// Tries the packed packages on every runtime and bundler that npm can install here, and writes docs/runtimes.md.
//   node scripts/docs-runtimes.mjs [--only NAME]      after a build; takes minutes and 1 GB below the folder for temporary files
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checks } from './lib/checks.mjs';
import { findChromium } from './lib/chromium.mjs';
import { writeConsumer } from './lib/pack/consumer.mjs';
import { testNodes } from './lib/pack/nodes.mjs';
import { installTarballs, packAll } from './lib/pack/pack.mjs';
import { root } from './lib/paths.mjs';
import { run, tail } from './lib/process.mjs';
import { RUNTIMES } from './lib/runtimes/runtimes.mjs';
import { isMain, runMain, say } from './lib/say.mjs';

const page = join(root, 'docs/runtimes.md');

/** A tolerance for scores of different backends. */
const near = (a, b) => Math.abs(a - b) < 1e-4;

async function tryAll(wanted) {
  const work = mkdtempSync(join(tmpdir(), 'syntrace-runtimes-'));
  const rows = [];
  try {
    const project = join(work, 'consumer');
    mkdirSync(project);
    writeConsumer(project, { typeRoots: join(root, 'node_modules/@types') });
    const [{ node, env }] = await testNodes();
    await installTarballs(project, await packAll(new Checks(), join(work, 'packages')), env);
    const { stdout } = await run(node, ['five-lines.js'], { cwd: project, env });
    const expected = JSON.parse(stdout);
    for (const { name, what, packages = [], judge } of RUNTIMES.filter(each => !wanted || each.name.toLowerCase().includes(wanted))) {
      const tools = join(work, name.replace(/\W+/g, '-'));
      const row = { name, what, version: '', result: '' };
      try {
        mkdirSync(tools);
        writeFileSync(join(tools, 'package.json'), '{ "private": true, "type": "module" }');
        if (packages.length > 0) {
          const { code, output } = await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], { cwd: tools, env });
          if (code !== 0) throw new Error(`could not be installed: ${tail(output, 3)}`);
        }
        const { version, answer } = await judge({ project, tools, env, work, chromium: findChromium() });
        Object.assign(row, {
          version,
          result: near(answer.score, expected.score) && answer.verdict === expected.verdict ? 'works, same score' : `another score: ${answer.score}`,
        });
      } catch (error) {
        row.result = `fails: ${String(error.message).split('\n')[0].slice(0, 160)}`;
        say(tail(String(error.stack ?? error), 30));
      }
      say(`${row.name} ${row.version}: ${row.result}`);
      rows.push(row);
    }
    return rows;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function main() {
  const at = process.argv.indexOf('--only');
  const rows = await tryAll(at > 0 ? process.argv[at + 1].toLowerCase() : undefined);
  const lines = rows.map(({ name, version, what, result }) => `| ${name} | ${version} | ${what} | ${result} |`);
  if (at > 0) return say(lines.join('\n'));
  writeFileSync(
    page,
    [
      '# Runtimes and bundlers',
      '',
      '<!-- Written by scripts/docs-runtimes.mjs. -->',
      '',
      `Each judges one picture with the packed packages, on ${process.platform}-${process.arch}, ${new Date().toISOString().slice(0, 10)}; "same score" is that of Node 20 within 1e-4. Node 20, Node 24 and Vite are tried in every test run.`,
      '',
      '| runtime | version | what was run | result |',
      '| --- | --- | --- | --- |',
      ...lines,
      '',
      'Untested: Firefox and Safari (they have WebAssembly SIMD since 89 and 16.4), Electron, Cloudflare Workers and other edge runtimes, React Native, Parcel, Rollup alone, musl systems, macOS and Windows.',
      '',
    ].join('\n'),
  );
  say('docs/runtimes.md is written');
}

if (isMain(import.meta.url)) await runMain(main);
