// Writes docs/first-plugin.md: a new plugin made, tested, packed, installed elsewhere and used, with what each command printed and how long it took.
//   node scripts/docs-first-plugin.mjs      after a build
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Checks } from './lib/checks.mjs';
import { testNodes } from './lib/pack/nodes.mjs';
import { packAll } from './lib/pack/pack.mjs';
import { root } from './lib/paths.mjs';
import { noisyPng } from './lib/png.mjs';
import { run } from './lib/process.mjs';
import { isMain, runMain, StepError, say, seconds } from './lib/say.mjs';

/** Longest part of an output that is shown. */
const LINES = 14;
/** What is to be done, and from which folder; the packed packages stand for published ones. */
const STEPS = [
  ['.', 'npm install --no-audit --no-fund ./packages/*.tgz'],
  ['.', 'npx create-plugin @me/detector-moire --kind image --author Me --packages packages'],
  ['detector-moire', 'npm install --no-audit --no-fund'],
  ['detector-moire', 'npm test'],
  ['detector-moire', 'npm pack'],
  ['elsewhere', 'npm install --no-audit --no-fund ../packages/*.tgz ../detector-moire/me-detector-moire-0.1.0.tgz'],
  ['elsewhere', 'npx syntrace plugins list'],
  ['elsewhere', 'npx syntrace detect picture.png --plugin @me/detector-moire --detector moire --detector frequency --json'],
  ['elsewhere', 'npx syntrace plugins verify @me/detector-moire'],
];

function shortened(output) {
  const lines = stripVTControlCharacters(output).trim().split('\n');
  if (lines.length <= LINES) return lines;
  return [...lines.slice(0, LINES / 2), `… ${lines.length - LINES} more lines`, ...lines.slice(-LINES / 2)];
}

async function main() {
  const work = mkdtempSync(join(tmpdir(), 'first-plugin-'));
  try {
    const [{ label, env }] = await testNodes();
    const checks = new Checks();
    await packAll(checks, join(work, 'packages'));
    if (checks.failed.length > 0) throw new StepError('a package does not pack');
    mkdirSync(join(work, 'elsewhere'));
    for (const folder of ['.', 'elsewhere']) writeFileSync(join(work, folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    writeFileSync(join(work, 'elsewhere/picture.png'), noisyPng(320, 288, 7));
    const blocks = [];
    let all = 0;
    for (const [folder, command] of STEPS) {
      const { code, output, ms } = await run('bash', ['-c', command], { cwd: join(work, folder), env: { ...env, NO_COLOR: '1' }, timeoutMs: 600_000 });
      if (code !== 0) throw new StepError(`${command}: exit code ${code}\n${output}`);
      say(`${seconds(ms).padStart(10)}  ${command}`);
      all += ms;
      const prompt = folder === '.' ? '$' : `${folder}$`;
      blocks.push(['```console', `${prompt} ${command}`, ...shortened(output.replaceAll(work, '')), '```', `${seconds(ms)}.`].join('\n'));
    }
    const head = [
      '# A first plugin: transcript',
      '',
      '<!-- Written by scripts/docs-first-plugin.mjs. -->',
      '',
      `Made, tested, packed, installed elsewhere and used in ${seconds(all)} of commands (${cpus()[0].model}, ${cpus().length} cores that others used meanwhile, ${label}, ${new Date().toISOString().slice(0, 10)}).`,
      'Packed packages stand in the place of published ones (`--packages`, `packages/*.tgz`); with published ones the first command is not needed, and the second reads `npm create @syntrace/plugin @me/detector-moire -- --kind image`.',
    ];
    writeFileSync(join(root, 'docs/first-plugin.md'), `${[head.join('\n'), ...blocks].join('\n\n')}\n`);
    say(`docs/first-plugin.md is written: ${seconds(all)}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (isMain(import.meta.url)) await runMain(main);
