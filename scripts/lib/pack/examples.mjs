// The examples, in a project that holds the packed packages: each is run as its reader would run it.
import { spawn } from 'node:child_process';
import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '../checks.mjs';
import { root } from '../paths.mjs';
import { noisyPng } from '../png.mjs';
import { run, tail } from '../process.mjs';
import { pictureFile } from './consumer.mjs';
import { withPage } from './in-chromium.mjs';
import { must } from './must.mjs';
import { installTarballs } from './pack.mjs';

const plugin = '@example/detector-detail';
const files = 10_000;
/** Most memory of the batch, in megabytes. */
const most = 700;

export async function runExamples(checks, { project, work, packages, env, vite, chromium }) {
  const here = { cwd: project, env };
  const examples = join(project, 'examples');
  for (const name of ['ensemble', 'kernel-backend', 'server', 'vite-page', 'batch'])
    cpSync(join(root, 'examples', name), join(examples, name), { recursive: true });

  let standalone;
  await checks.check('examples: a detector outside the workspace is built from packed packages, from its own lockfile', async () => {
    const folder = join(work, 'third-party-detector');
    const tracked = path => !/node_modules|[\\/]dist$/.test(path);
    cpSync(join(root, 'examples/third-party-detector'), folder, { recursive: true, filter: tracked });
    const there = { cwd: folder, env };
    await must('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], there);
    const core = readdirSync(packages).find(name => /^syntrace-core-\d/.test(name));
    await must('npm', ['install', '--no-save', '--legacy-peer-deps=false', '--ignore-scripts', '--no-audit', '--no-fund', join(packages, core)], there);
    await must('npm', ['run', 'build'], there);
    await must('npm', ['pack'], there);
    standalone = join(folder, 'dist/standalone.js');
    await installTarballs(
      project,
      [
        join(
          folder,
          readdirSync(folder).find(file => file.endsWith('.tgz')),
        ),
        'fastify@5',
      ],
      env,
    );
  });
  if (!standalone) return;

  await checks.check('examples: the command names it, runs it only when it is allowed, and judges by it and ours together', async () => {
    const entries = JSON.parse(await must('npx', ['--no', 'syntrace', 'plugins', 'list', '--json'], here));
    const entry = entries.find(({ name }) => name === plugin);
    expect(entry?.loaded === false && !entry.refused, `plugins list says ${JSON.stringify(entry)}`);
    const detectors = ['--detector', 'detail', '--detector', 'frequency'];
    const refused = await run('npx', ['--no', 'syntrace', 'detect', pictureFile, ...detectors], here);
    expect(refused.code === 2 && /there is no detector "detail"/.test(refused.stderr), 'it ran without having been allowed');
    const line = JSON.parse(await must('npx', ['--no', 'syntrace', 'detect', pictureFile, '--plugin', plugin, ...detectors, '--ndjson'], here));
    const scores = line.detectors.map(({ id, score }) => `${id} ${Number.isFinite(score)}`).sort();
    expect(scores.join() === 'detail true,frequency true', `the ensemble has ${scores}`);
  });

  await checks.check('examples: an ensemble in JSON, in Node', async () => {
    const output = await must('node', ['examples/ensemble/index.mjs', pictureFile, 'package.json'], here);
    expect(/^picture\.png: (real|synthetic|inconclusive), frequency -?[\d.]+, detail -?[\d.]+, provenance abstains$/m.test(output), output);
    expect(/package\.json: IMAGE_FORMAT_UNKNOWN/.test(output), output);
  });

  await checks.check('examples: a numeric backend of one’s own, which keeps every rule of the contract', async () => {
    const output = await must('node', ['examples/kernel-backend/index.mjs', pictureFile], here);
    expect(/picture\.png: \w+\n\w+: [1-9]\d* calls/.test(output), output);
    await must('npx', ['--no', 'syntrace', 'plugins', 'verify', './examples/kernel-backend/counting-backend.mjs'], here);
  });

  await checks.check('examples: an HTTP endpoint', () => askServer(here));

  await checks.check(`examples: ${files} files in bounded memory, and on where it was stopped`, () => runBatch(here, work));

  if (!chromium) checks.skip('examples: a page', 'no Chromium was found');
  else
    await checks.check('examples: a page that loads the plugin by its address, in Chromium', async () => {
      const cwd = join(examples, 'vite-page');
      mkdirSync(join(cwd, 'public'));
      cpSync(standalone, join(cwd, 'public/detail.js'));
      const built = await run('node', [vite, 'build'], { cwd, env: { ...env, NO_COLOR: '1' } });
      expect(built.code === 0, tail(built.output, 20));
      await withPage({ vite, args: ['preview'], cwd, chromium, expected: /404|none\.js|MIME type/ }, async (page, address) => {
        const says = words => page.waitForFunction(text => new RegExp(text).test(document.querySelector('output').textContent), words, { timeout: 30_000 });
        await page.fill('input[name=plugin]', `${address}/none.js`);
        await page.press('input[name=plugin]', 'Tab');
        await says('^PLUGIN_LOAD');
        await page.fill('input[name=plugin]', `${address}/detail.js`);
        await page.press('input[name=plugin]', 'Tab');
        await says('@example/detector-detail 1\\.2\\.0 is loaded');
        await page.setInputFiles('input[type=file]', join(project, pictureFile));
        await says('^(real|synthetic|inconclusive): .*frequency -?\\d.*detail -?\\d');
      });
    });
}

async function askServer({ cwd, env }) {
  const server = spawn('node', ['examples/server/server.mjs', '0'], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const { listening } = await new Promise((resolve, reject) => {
      server.stdout.once('data', data => resolve(JSON.parse(data)));
      server.once('exit', code => reject(new Error(`it ended with ${code}`)));
    });
    const ask = async body => {
      const response = await fetch(`${listening}/detect`, { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } });
      return [response.status, await response.json()];
    };
    const [ok, answer] = await ask(readFileSync(join(cwd, pictureFile)));
    expect(ok === 200 && ['real', 'synthetic', 'inconclusive'].includes(answer.verdict), JSON.stringify(answer));
    const [status, { error }] = await ask('no picture');
    expect(status === 422 && error.code === 'IMAGE_FORMAT_UNKNOWN', `${status} ${JSON.stringify(error)}`);
  } finally {
    server.kill();
  }
}

async function runBatch({ cwd, env }, work) {
  const folder = join(work, 'many');
  mkdirSync(folder);
  const originals = Array.from({ length: 50 }, (_, i) => join(work, `original-${i}.png`));
  originals.forEach((file, i) => {
    writeFileSync(file, noisyPng(64, 64, i + 1));
  });
  for (let i = 0; i < files; i++) linkSync(originals[i % originals.length], join(folder, `${i}.png`));
  const results = join(work, 'results.ndjson');
  const batch = async () => JSON.parse(await must('node', ['examples/batch/index.mjs', folder, results], { cwd, env }));
  const first = await batch();
  expect(first.megabytes < most, `it took ${first.megabytes} MB`);
  // As if it had been killed within a line.
  const lines = readFileSync(results, 'utf8').trimEnd().split('\n');
  expect(lines.length === files, `${lines.length} lines`);
  writeFileSync(results, `${lines.slice(0, -100).join('\n')}\n${lines.at(-100).slice(0, 20)}`);
  const again = await batch();
  expect(again.skipped === files - 100, `it skipped ${again.skipped}`);
  const uris = readFileSync(results, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line).uri);
  expect(new Set(uris).size === files && uris.length === files, `${new Set(uris).size} pictures in ${uris.length} lines`);
}
