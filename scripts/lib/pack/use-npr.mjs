// The NPR detector out of the tarballs: its weights are there, and a missing ONNX Runtime is said with what to do.
import { existsSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '../checks.mjs';
import { root } from '../paths.mjs';
import { run, tail } from '../process.mjs';
import { pictureFile } from './consumer.mjs';

export async function useNpr(checks, { project, env }) {
  const syntrace = (...args) => run('npx', ['--no', 'syntrace', ...args], { cwd: project, env, timeoutMs: 120_000 });
  const judge = () => syntrace('detect', pictureFile, '--detector', 'npr', '--ndjson');
  await checks.check("models verify: the weights of NPR have their card's checksum", async () => {
    const { code, output } = await syntrace('models', 'verify');
    expect(code === 0 && /npr/.test(output), tail(output, 10));
  });
  const runtime = join(root, 'packages/syntrace/node_modules/onnxruntime-node');
  const installed = join(project, 'node_modules/onnxruntime-node');
  if (!existsSync(installed))
    await checks.check('npr without ONNX Runtime says how to get it', async () => {
      const { code, output } = await judge();
      expect(code !== 0 && /MODEL_RUNTIME_MISSING[\s\S]*npm install onnxruntime-node/.test(output), tail(output, 10));
    });
  if (!existsSync(runtime)) return checks.skip('npx syntrace detect --detector npr', 'onnxruntime-node is not installed here');
  if (!existsSync(installed)) symlinkSync(realpathSync(runtime), installed, 'junction');
  await checks.check('npx syntrace detect --detector npr, with the shipped weights', async () => {
    const { code, stdout, output } = await judge();
    expect(code === 0, tail(output, 10));
    const { score, probability, detectors } = JSON.parse(stdout);
    expect(Number.isFinite(score) && probability > 0 && probability < 1 && detectors[0].id === 'npr', stdout);
  });
}
