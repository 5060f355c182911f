// The native addon as it is released: in a package of its platform, found by a kernels-native that holds none.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePlatformPackages } from '../../platform-packages.mjs';
import { expect } from '../checks.mjs';
import { ADDONS } from '../release/platforms.mjs';
import { pictureFile } from './consumer.mjs';
import { must } from './must.mjs';
import { installTarballs } from './pack.mjs';

export async function usePlatformPackage(checks, { project, work, env }) {
  const held = join(project, 'node_modules/@syntrace/kernels-native');
  const addons = readdirSync(held).filter(file => file.endsWith('.node'));
  if (addons.length === 0) {
    checks.skip('the native backend from the package of its platform', 'there is no addon: npm run build -- --native');
    return;
  }
  await checks.check('the native backend from the package of its platform', async () => {
    const [folder] = writePlatformPackages(join(work, 'addons'), [ADDONS[0]]);
    await must('npm', ['pack'], { cwd: folder, env });
    for (const file of addons) rmSync(join(held, file));
    const judge = () => must('npx', ['--no', 'syntrace', 'detect', pictureFile, '--backend', 'native', '--ndjson'], { cwd: project, env });
    const without = await judge().catch(error => error.message);
    expect(/BACKEND_UNAVAILABLE/.test(without), `without the package it says ${without}`);
    await installTarballs(
      project,
      [
        join(
          folder,
          readdirSync(folder).find(file => file.endsWith('.tgz')),
        ),
      ],
      env,
    );
    expect(Number.isFinite(JSON.parse(await judge()).score), 'it gives no score');
  });
}
