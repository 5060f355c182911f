// A plugin as a third party makes it: by `create-plugin`, tested, packed, installed beside syntrace, and used by the command.
import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '../checks.mjs';
import { root } from '../paths.mjs';
import { pictureFile } from './consumer.mjs';
import { must } from './must.mjs';
import { installTarballs } from './pack.mjs';

const name = '@example/detector-made';

/** Checks along the way from nothing to a judged picture, in an empty project that holds the packed packages. */
export async function useMadePlugin(checks, { project, packages, env }) {
  const create = (made, kind, folder, ...more) => {
    const about = [made, '--kind', kind, '--author', 'Example', '--packages', packages, '--folder', folder];
    return must('npx', ['--no', 'create-plugin', ...about, ...more], { cwd: project, env });
  };
  const test = async cwd => {
    await must('npm', ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd, env });
    expect(/passed/.test(await must('npm', ['test'], { cwd, env })), 'its tests say nothing of passing');
  };
  await checks.check('create-plugin: an ONNX model becomes a detector without code, and keeps every rule of the contract', async () => {
    const folder = join(project, 'made-onnx');
    await create('@example/detector-model', 'onnx', folder, '--model', join(root, 'packages/create-plugin/templates/onnx/model/model.onnx'));
    useOwnRuntime(join(folder, 'package.json'));
    await test(folder);
  });

  const folder = join(project, 'made');
  let passed = false;
  await checks.check('create-plugin: a detector is made, built, and keeps every rule of the contract', async () => {
    await create(name, 'image', folder);
    await test(folder);
    passed = true;
  });
  if (!passed) return;
  await checks.check('create-plugin: packed, installed elsewhere, judges a picture and is verified there', async () => {
    await must('npm', ['pack'], { cwd: folder, env });
    const tarball = readdirSync(folder).find(file => file.endsWith('.tgz'));
    await installTarballs(project, [join(folder, tarball)], env);
    const syntrace = (...args) => must('npx', ['--no', 'syntrace', ...args], { cwd: project, env });
    const { detectors } = JSON.parse(await syntrace('detect', pictureFile, '--plugin', name, '--detector', 'made', '--detector', 'frequency', '--ndjson'));
    const ids = detectors.map(({ id }) => id).sort();
    expect(ids.join() === 'frequency,made', `the ensemble has ${ids.join()}`);
    const { results } = JSON.parse(await syntrace('plugins', 'verify', name, '--json'));
    expect(results.length > 20 && results.every(({ status }) => status !== 'broken'), 'a rule is broken');
  });
}

/** ONNX Runtime as it lies in this repository: it is large. */
function useOwnRuntime(file) {
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  manifest.devDependencies['onnxruntime-node'] = `file:${realpathSync(join(root, 'packages/model-runtime/node_modules/onnxruntime-node'))}`;
  writeFileSync(file, JSON.stringify(manifest));
}
