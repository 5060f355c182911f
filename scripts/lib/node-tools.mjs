// Node and pnpm of the pinned versions, from npm, into .tools, when the machine's are too old or missing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodePackage, toolsEnvironment } from './environment.mjs';
import { explainFailure } from './explain-failure.mjs';
import { tools } from './paths.mjs';
import { findAll, run, tail } from './process.mjs';
import { StepError, say, step } from './say.mjs';
import { nodeMajorNeeded, nodeVersion, pnpmVersion } from './versions.mjs';

const stampFile = join(tools, 'stamp.json');

function installedVersion(name) {
  try {
    return JSON.parse(readFileSync(join(tools, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** The stamp names what was installed and has run; without it the tools are tried once more. */
function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

async function firstLine(command, args, env) {
  const { code, stdout } = await run(command, args, { env, cwd: tools, timeoutMs: 60_000 });
  return code === 0 ? stdout.trim().split('\n')[0] : undefined;
}

async function wanted() {
  const packages = [];
  if (Number(process.versions.node.split('.')[0]) < nodeMajorNeeded) packages.push([nodePackage, nodeVersion]);
  const own = installedVersion('pnpm') === pnpmVersion;
  if (own || findAll('pnpm').length === 0 || (await firstLine('pnpm', ['--version'], process.env)) !== pnpmVersion) packages.push(['pnpm', pnpmVersion]);
  return packages;
}

/** Leaves Node 24 and pnpm in .tools (or finds the machine's good enough); quick when they are there. */
export async function ensureNodeTools() {
  mkdirSync(tools, { recursive: true });
  const packages = await wanted();
  const stamp = { platform: nodePackage, ...Object.fromEntries(packages) };
  const present = packages.every(([name, version]) => installedVersion(name) === version);
  if (present && JSON.stringify(readStamp()) === JSON.stringify(stamp)) return;
  if (!present) await install(packages);
  await verify(packages);
  writeFileSync(stampFile, JSON.stringify(stamp));
}

async function install(packages) {
  const specs = packages.map(([name, version]) => `${name}@${version}`);
  if (findAll('npm').length === 0) {
    throw new StepError(
      'npm was not found, so Node 24 and pnpm cannot be fetched',
      `Install Node with npm, or put Node ${nodeMajorNeeded} and pnpm ${pnpmVersion} on the PATH.`,
    );
  }
  say(`The machine has Node ${process.versions.node}; the tools of this repository go to .tools and leave it alone.`);
  await step(`npm install ${specs.join(' ')}`, async () => {
    const args = ['install', '--prefix', tools, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--fetch-retries=1', ...specs];
    const { code, output } = await run('npm', args, { env: toolsEnvironment(), cwd: tools });
    if (code === 0) return;
    const { reason, hint } = explainFailure(output);
    throw new StepError(`Could not install ${specs.join(' and ')}: ${reason}\n${tail(output, 12)}`, hint);
  });
}

async function verify(packages) {
  const env = toolsEnvironment();
  for (const [name, version] of packages) {
    const command = name === 'pnpm' ? 'pnpm' : 'node';
    const found = (await firstLine(command, ['--version'], env))?.replace(/^v/, '');
    if (found === version) continue;
    const hint = existsSync('/etc/alpine-release')
      ? `The Node from npm needs glibc. Install Node ${nodeMajorNeeded} by your system's package manager.`
      : `Delete ${tools} and run this again, or install Node ${nodeMajorNeeded} and pnpm ${pnpmVersion} yourself.`;
    throw new StepError(`${command} ${version} was installed but ${found ? `says it is ${found}` : 'does not run'} on this machine`, hint);
  }
}
