// A plugin as a third party makes it: by `create-plugin`, tested, packed, installed beside syntrace, and used by the command.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '../checks.mjs';
import { run, tail } from '../process.mjs';
import { pictureFile } from './consumer.mjs';
import { installTarballs } from './pack.mjs';

const name = '@example/detector-made';

/** Checks along the way from nothing to a judged picture, in an empty project that holds the packed packages. */
export async function useMadePlugin(checks, { project, packages, env }) {
  const folder = join(project, 'made');
  const must = async (command, args, cwd = folder) => {
    const { code, stdout, output } = await run(command, args, { cwd, env, timeoutMs: 300_000 });
    expect(code === 0, `${command} ${args.join(' ')}: exit code ${code}\n${tail(output, 20)}`);
    return stdout;
  };
  let made = false;
  await checks.check('create-plugin: a detector is made, built, and keeps every rule of the contract', async () => {
    await must('npx', ['--no', 'create-plugin', name, '--kind', 'image', '--author', 'Example', '--packages', packages, '--folder', folder], project);
    await must('npm', ['install', '--no-audit', '--no-fund']);
    expect(/passed/.test(await must('npm', ['test'])), 'its tests say nothing of passing');
    made = true;
  });
  if (!made) return;
  await checks.check('create-plugin: packed, installed elsewhere, judges a picture and is verified there', async () => {
    await must('npm', ['pack']);
    const tarball = readdirSync(folder).find(file => file.endsWith('.tgz'));
    await installTarballs(project, [join(folder, tarball)], env);
    const lines = await must(
      'npx',
      ['--no', 'syntrace', 'detect', pictureFile, '--plugin', name, '--detector', 'made', '--detector', 'frequency', '--ndjson'],
      project,
    );
    const { detectors } = JSON.parse(lines);
    const ids = detectors.map(({ id }) => id).sort();
    expect(ids.join() === 'frequency,made', `the ensemble has ${ids.join()}`);
    const { results } = JSON.parse(await must('npx', ['--no', 'syntrace', 'plugins', 'verify', name, '--json'], project));
    expect(results.length > 20 && results.every(({ status }) => status !== 'broken'), 'a rule is broken');
  });
}
