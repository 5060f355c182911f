// The built command from outside: its outputs, exit codes, bad input, and going on after it was killed.
//   node scripts/cli-check.mjs      after a build
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Checks, expect } from './lib/checks.mjs';
import { datasetChecks } from './lib/cli/dataset-checks.mjs';
import { writeBadFiles, writePictures } from './lib/cli/sample-folder.mjs';
import { bin, ndjson, syntrace } from './lib/cli/syntrace.mjs';
import { toolsEnvironment } from './lib/environment.mjs';
import { noisyPng } from './lib/png.mjs';
import { tail } from './lib/process.mjs';

const checks = new Checks();
const work = mkdtempSync(join(tmpdir(), 'syntrace-cli-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const [good, bad] = [join(work, 'good'), join(work, 'bad')];
const pictures = writePictures(good);
const badFiles = writeBadFiles(bad);
const verdicts = ['real', 'synthetic', 'inconclusive'];
const numberOrNull = value => value === null || Number.isFinite(value);

async function expectExit(code, args, options) {
  const result = await syntrace(args, options);
  expect(result.code === code, `syntrace ${args.join(' ')}: exit code ${result.code}, not ${code}\n${tail(result.output, 15)}`);
  return result;
}

function isJudgement(line) {
  expect(verdicts.includes(line.verdict), `verdict ${line.verdict} of ${line.path}`);
  expect([line.probability, line.score, line.threshold].every(numberOrNull), `numbers of ${JSON.stringify(line)}`);
  expect(line.width > 0 && line.height > 0, `size of ${line.path}`);
  expect(Array.isArray(line.detectors) && line.detectors.length > 0, `no detectors in ${line.path}`);
  for (const each of line.detectors)
    expect(each.id && each.version && numberOrNull(each.score) && Number.isFinite(each.ms), `detector ${JSON.stringify(each)}`);
}

function isError(line) {
  expect(/^[A-Z][A-Z0-9_]+$/.test(line.error?.code ?? '') && line.error.message, `no typed error for ${line.path}: ${JSON.stringify(line)}`);
}

await checks.check('--help names the commands, with examples', async () => {
  const { stdout } = await expectExit(0, ['--help']);
  for (const name of ['detect', 'train', 'eval', 'doctor', 'plugins', 'bench', 'models', 'dataset', 'stats'])
    expect(stdout.includes(name), `--help does not name ${name}`);
  const detect = await expectExit(0, ['detect', '--help']);
  expect(/example/i.test(detect.stdout), 'detect --help shows no example');
});

await checks.check('--help is there in under 0.3 s', async () => {
  // The best of seven: other work on the machine only ever adds.
  const times = [];
  for (let i = 0; i < 7; i++) times.push((await syntrace(['--help'])).ms);
  expect(Math.min(...times) < 300, `the fastest of seven took ${Math.round(Math.min(...times))} ms`);
});

for (const args of [['no-such-command'], ['detect', '--no-such-option', good], ['detect']]) {
  await checks.check(`wrong use ends with 2: syntrace ${args[0]} ${args[1]?.startsWith('--') ? args[1] : ''}`, async () => {
    const { stderr } = await expectExit(2, args);
    expect(stderr.trim() && !/at .*\(.*:\d+:\d+\)/.test(stderr), `says nothing, or shows a stack:\n${stderr}`);
  });
}

await checks.check('detect --ndjson: a line a picture, in order, exit 0', async () => {
  const lines = ndjson((await expectExit(0, ['detect', good, '--ndjson'])).stdout);
  expect(lines.map(({ path }) => basename(path)).join() === pictures.join(), `order: ${lines.map(({ path }) => path)}`);
  lines.forEach(isJudgement);
});

await checks.check('detect --json and --csv', async () => {
  const json = JSON.parse((await expectExit(0, ['detect', good, '--json'])).stdout);
  expect(JSON.stringify(json).includes(pictures[0]), 'the JSON does not name the picture');
  const rows = (await expectExit(0, ['detect', good, '--csv'])).stdout.trim().split('\n');
  expect(rows.length === pictures.length + 1 && /path.*verdict/.test(rows[0]), `CSV: ${rows[0]}, ${rows.length} rows`);
});

await checks.check('detect -: a picture from stdin', async () => {
  const [line] = ndjson((await expectExit(0, ['detect', '-', '--ndjson'], { input: noisyPng(260, 260, 3) })).stdout);
  isJudgement(line);
});

await checks.check('bad files: each a typed error, exit 1, the rest judged, no loop', async () => {
  const lines = ndjson((await expectExit(1, ['detect', good, bad, '--ndjson'])).stdout);
  const byName = new Map(lines.map(line => [basename(line.path), line]));
  expect(byName.size === lines.length, 'a file was judged twice');
  for (const name of pictures) isJudgement(byName.get(name) ?? {});
  for (const name of badFiles) isError(byName.get(name) ?? { path: name });
});

await checks.check('a file that is not there: a message, no stack', async () => {
  const { code, output } = await syntrace(['detect', join(work, 'nothing.png')]);
  expect([1, 2].includes(code), `exit code ${code}`);
  expect(output.includes('nothing.png') && !/\n\s+at /.test(output), output);
});

await checks.check('--backend: wasm is honoured, an unknown one refused', async () => {
  ndjson((await expectExit(0, ['detect', good, '--ndjson', '--backend', 'wasm'])).stdout).forEach(isJudgement);
  const { code, output } = await syntrace(['detect', good, '--ndjson', '--backend', 'abacus']);
  expect(code !== 0 && output.includes('abacus') && output.includes('wasm'), `exit code ${code}: ${output}`);
});

await checks.check('--report opens offline, --explain writes pictures', async () => {
  const [report, explain] = [join(work, 'report.html'), join(work, 'explain')];
  await expectExit(0, ['detect', good, '--report', report, '--explain', explain]);
  const html = readFileSync(report, 'utf8');
  for (const name of pictures) expect(html.includes(name), `the report does not show ${name}`);
  const outside = html.match(/(?:src|href)\s*=\s*["']?(?:https?:)?\/\/[^"'\s>]+|url\(["']?https?:[^)]+|@import[^;]+/g);
  expect(!outside, `the report asks for ${outside}`);
  const drawn = readdirSync(explain, { recursive: true }).filter(name => String(name).endsWith('.png'));
  expect(drawn.length >= pictures.length, `${drawn.length} explanations for ${pictures.length} pictures`);
});

/** Starts a run with --resume, and kills it as soon as it has told of three pictures. */
function killHalfWay(args) {
  return new Promise((resolve, reject) => {
    const child = spawn('node', [bin, ...args], { env: toolsEnvironment({ NO_COLOR: '1' }), stdio: ['ignore', 'pipe', 'ignore'] });
    let seen = '';
    child.stdout.setEncoding('utf8').on('data', chunk => {
      seen += chunk;
      if (seen.split('\n').length > 3) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (_, signal) => resolve({ seen, killed: signal === 'SIGKILL' }));
  });
}

await checks.check('killed half way, --resume goes on: none judged twice, none lost', async () => {
  const [folder, journal] = [join(work, 'many'), join(work, 'journal.ndjson')];
  const names = writePictures(folder, 60);
  const args = ['detect', folder, '--ndjson', '--resume', journal, '--concurrency', '1'];
  const { killed } = await killHalfWay(args);
  expect(killed, 'the run ended before it could be killed');
  expect(existsSync(journal), 'no journal was left');
  const done = ndjson(readFileSync(journal, 'utf8').replace(/[^\n]*$/, '')).filter(line => line.path);
  // A line that the kill cut in two must not stop the next run.
  appendFileSync(journal, '{"path":"cut');
  const { stderr } = await expectExit(0, args);
  const lines = ndjson(
    readFileSync(journal, 'utf8')
      .split('\n')
      .filter(line => {
        try {
          return JSON.parse(line);
        } catch {
          return false;
        }
      })
      .join('\n'),
  ).filter(line => line.path);
  const counts = new Map();
  for (const { path } of lines) counts.set(basename(path), (counts.get(basename(path)) ?? 0) + 1);
  const lost = names.filter(name => !counts.has(name));
  const twice = names.filter(name => counts.get(name) > 1);
  expect(lost.length === 0 && twice.length === 0, `lost: ${lost}; twice: ${twice}\n${stderr}`);
  expect(done.length > 0 && done.length < names.length, `${done.length} of ${names.length} were done when it was killed`);
});

await checks.check('doctor, plugins list and models list, in words and as JSON', async () => {
  for (const args of [['doctor'], ['plugins', 'list'], ['models', 'list']]) {
    const words = await expectExit(0, args);
    expect(words.stdout.trim().length > 20, `syntrace ${args.join(' ')} says nothing`);
    JSON.parse((await expectExit(0, [...args, '--json'])).stdout);
  }
  expect(/wasm/.test((await syntrace(['doctor'])).stdout), 'doctor does not name the wasm backend');
  expect((await syntrace(['plugins', 'list'])).stdout.includes('frequency'), 'plugins list does not name the frequency detector');
});

await datasetChecks(checks, work, expectExit);

process.exitCode = checks.finish();
