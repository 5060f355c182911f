// The two Nodes that the published packages are tried on: a 20 and a 24.
import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { nodePackage, toolsEnvironment } from '../environment.mjs';
import { tools, windows } from '../paths.mjs';
import { findAll, isExecutable, run, tail } from '../process.mjs';
import { StepError, step } from '../say.mjs';
import { oldestNodeVersion } from '../versions.mjs';

const file = folder => join(folder, windows ? 'node.exe' : 'bin/node');

async function versionOf(node) {
  return (await run(node, ['--version'])).stdout.trim().replace(/^v/, '');
}

/** An environment in which `node`, `npm` and `npx` are of that Node and nothing of this repository is on the PATH. */
function environmentOf(node) {
  const env = toolsEnvironment();
  const npm = dirname(findAll('npm', env).find(each => !each.startsWith(tools)) ?? node);
  const machine = env.PATH.split(delimiter).filter(folder => !folder.includes('node_modules') && !folder.startsWith(tools));
  return { ...env, PATH: [dirname(node), npm, ...machine].join(delimiter), npm_config_loglevel: 'error', npm_config_update_notifier: 'false' };
}

async function node20() {
  for (const node of findAll('node')) {
    const [major, minor] = (await versionOf(node)).split('.').map(Number);
    if (major === 20 && minor >= 19) return node;
  }
  const folder = join(tools, 'node-20');
  const node = file(join(folder, 'node_modules', nodePackage));
  if (isExecutable(node)) return node;
  mkdirSync(folder, { recursive: true });
  await step(`npm install ${nodePackage}@${oldestNodeVersion}`, async () => {
    const args = [
      'install',
      '--prefix',
      folder,
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      `${nodePackage}@${oldestNodeVersion}`,
    ];
    const { code, output } = await run('npm', args, { env: toolsEnvironment(), cwd: folder });
    if (code !== 0) throw new StepError(`Node ${oldestNodeVersion} could not be fetched\n${tail(output, 10)}`);
  });
  return node;
}

/** @returns {Promise<{ label: string, node: string, env: object }[]>} */
export async function testNodes() {
  const newer = findAll('node', toolsEnvironment())[0];
  const nodes = [await node20(), newer];
  return Promise.all(nodes.map(async node => ({ label: `Node ${await versionOf(node)}`, node, env: environmentOf(node) })));
}
