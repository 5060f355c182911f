// `syntrace dataset …` and `syntrace stats` from outside: each step on the results of the one before.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '../checks.mjs';
import { toolsEnvironment } from '../environment.mjs';
import { writePictures } from './sample-folder.mjs';
import { bin } from './syntrace.mjs';

const COMMANDS = ['layouts', 'check', 'crop', 'split', 'prepare', 'perturb', 'simulate'];
const filesIn = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length))
    .sort();
const sameFiles = (a, b) => filesIn(a).join() === filesIn(b).join() && filesIn(a).every(name => readFileSync(a + name).equals(readFileSync(b + name)));

export async function datasetChecks(checks, work, expectExit) {
  const set = join(work, 'set');
  for (const folder of ['0_real', '1_fake']) writePictures(join(set, folder), 20);
  const [crops, split, perturbed, spectra] = ['crops', 'split', 'perturbed', 'spectra'].map(name => join(work, name));

  await checks.check('dataset … and stats: each --help has examples', async () => {
    for (const args of [...COMMANDS.map(name => ['dataset', name]), ['stats']]) {
      const { stdout } = await expectExit(0, [...args, '--help']);
      expect(/example/i.test(stdout), `${args.join(' ')} --help shows no example`);
    }
  });

  await checks.check('dataset crop: one size, PNG, a log; --resume asked for', async () => {
    const args = ['dataset', 'crop', set, '--crop', 'centre:64x64', '--out', crops];
    await expectExit(0, args);
    expect(filesIn(crops).length === 42, filesIn(crops).join());
    const { output } = await expectExit(2, args);
    expect(output.includes('--resume'), output);
    await expectExit(0, [...args, '--resume']);
    await expectExit(2, ['dataset', 'crop', set, '--crop', 'round', '--out', join(work, 'none')]);
  });

  await checks.check('dataset check: groups as JSON; leakage ends with 1', async () => {
    const sound = JSON.parse((await expectExit(1, ['dataset', 'check', crops, '--json'])).stdout);
    // Both classes hold the same noise.
    expect(sound.layout.id === 'two-class' && sound.pictures === 40 && sound.duplicates.every(each => each.contradicts), JSON.stringify(sound).slice(0, 300));
    const leaky = join(work, 'leaky');
    for (const [split, name] of [
      ['train/0_real', 'picture-000.png'],
      ['train/1_fake', 'picture-001.png'],
      ['val/0_real', 'picture-000.png'],
    ]) {
      mkdirSync(join(leaky, split), { recursive: true });
      copyFileSync(join(set, '0_real', name), join(leaky, split, name));
    }
    const { stderr } = await expectExit(1, ['dataset', 'check', leaky, '--decode']);
    expect(stderr.includes('leakage'), stderr);
  });

  await checks.check('dataset split: folders and a table', async () => {
    await expectExit(0, ['dataset', 'split', crops, '--out', split, '--how', 'link']);
    expect(
      ['train', 'val', 'test'].every(name => existsSync(join(split, name))),
      filesIn(split).join(),
    );
    const table = join(work, 'split.parquet');
    await expectExit(0, ['dataset', 'split', crops, '--out', table]);
    const listed = JSON.parse((await expectExit(1, ['dataset', 'check', table, '--json', '--decode'])).stdout);
    expect(listed.layout.id === 'manifest' && listed.broken.length === 0, JSON.stringify(listed).slice(0, 300));
  });

  await checks.check('dataset prepare: killed half way, --resume ends with the same bytes', async () => {
    const args = out => [
      'dataset',
      'prepare',
      set,
      '--size',
      '200',
      '--normalize',
      '--train',
      '0.8',
      '--val',
      '0.1',
      '--test',
      '0.1',
      '--concurrency',
      '1',
      '--out',
      out,
    ];
    const [whole, part] = [join(work, 'prepared'), join(work, 'prepared-part')];
    await expectExit(0, args(whole));
    await killed(args(part), join(part, 'cache.values'));
    await expectExit(0, [...args(part), '--resume']);
    expect(sameFiles(whole, part), `${filesIn(whole)} and ${filesIn(part)}`);
    const few = await expectExit(2, ['dataset', 'prepare', set, '--out', join(work, 'few')]);
    expect(few.output.includes('100000'), few.output);
  });

  await checks.check('dataset perturb: the same again with the same seed', async () => {
    const args = out => ['dataset', 'perturb', crops, '--mode', 'all', '--seed', '3', '--out', out];
    await expectExit(0, args(perturbed));
    await expectExit(0, args(`${perturbed}-again`));
    expect(sameFiles(perturbed, `${perturbed}-again`), 'the files differ');
    expect(filesIn(perturbed).length === 5 * 42, String(filesIn(perturbed).length));
  });

  await checks.check('stats: figures, arrays and a page that opens offline', async () => {
    const { stdout } = await expectExit(0, [
      'stats',
      `${join(crops, '0_real')},Real`,
      `${join(crops, '1_fake')},Fake`,
      '--figures',
      'pdf',
      '--figures',
      'svg',
      '--json',
      '--out',
      spectra,
    ]);
    expect(JSON.parse(stdout).length === 2, stdout.slice(0, 200));
    const page = readFileSync(join(spectra, 'index.html'), 'utf8');
    expect(page.includes('Fake') && !/(?:src|href)\s*=\s*["']?(?:https?:)?\/\//.test(page), 'the page asks for something, or shows nothing');
    for (const name of ['arrays/mean_Real.npy', 'figures/mean-difference_Fake.pdf', 'figures/std_Real.svg', 'profiles.csv'])
      expect(existsSync(join(spectra, name)), name);
    await expectExit(2, ['stats', 'a,b,c', '--out', join(work, 'none')]);
  });
}

/** Starts the command and kills it as soon as that file is there. */
function killed(args, file) {
  return new Promise((resolve, reject) => {
    const child = spawn('node', [bin, ...args], { env: toolsEnvironment({ NO_COLOR: '1' }), stdio: 'ignore' });
    const timer = setInterval(() => existsSync(file) && child.kill('SIGKILL'), 5);
    child.on('error', reject);
    child.on('close', () => {
      clearInterval(timer);
      resolve();
    });
  });
}
