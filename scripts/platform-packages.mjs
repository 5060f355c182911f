// The native addons as packages of single platforms, for a release.
//   node scripts/platform-packages.mjs --out DIR [--build]     the packages of this platform; --build builds the addons first (cargo needed, nothing of npm)
//   node scripts/platform-packages.mjs --publishable           makes packages/kernels-native/package.json that of a release
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { buildNative } from './build.mjs';
import { root } from './lib/paths.mjs';
import { ADDONS, PLATFORMS, platformManifest, publishedManifest } from './lib/release/platforms.mjs';
import { platformName } from './lib/rust/crates.mjs';
import { isMain, runMain, StepError, say } from './lib/say.mjs';

const native = join(root, 'packages/kernels-native');
const manifestFile = join(native, 'package.json');
const readManifest = () => JSON.parse(readFileSync(manifestFile, 'utf8'));
const writeJson = (file, value) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/** Writes this platform's packages below `out` and tells their folders. */
export function writePlatformPackages(out, platform = platformName()) {
  if (!PLATFORMS[platform]) throw new StepError(`${platform} is not on the list of scripts/lib/release/platforms.mjs`);
  const { version } = readManifest();
  const present = ADDONS.filter(({ file }) => existsSync(join(native, `${file}.${platform}.node`)));
  const missing = ADDONS.filter(addon => !present.includes(addon) && (addon === ADDONS[0] || PLATFORMS[platform].cuda));
  if (missing.length > 0) throw new StepError(`not built for ${platform}: ${missing.map(({ file }) => file).join(', ')}`, 'Pass --build.');
  return present.map(addon => {
    const manifest = platformManifest(addon, platform, version);
    const folder = join(out, basename(manifest.name));
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(native, manifest.main), join(folder, manifest.main));
    copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
    writeJson(join(folder, 'package.json'), manifest);
    writeFileSync(join(folder, 'README.md'), `# ${manifest.name}\n\n${manifest.description}. \`@syntrace/kernels-native\` finds it; nothing else needs it.\n`);
    return folder;
  });
}

async function main() {
  const flags = process.argv.slice(2);
  if (flags.includes('--publishable')) {
    writeJson(manifestFile, publishedManifest(readManifest()));
    say('packages/kernels-native/package.json is that of a release');
    return 0;
  }
  const out = flags[flags.indexOf('--out') + 1];
  if (!flags.includes('--out') || !out) throw new StepError('give --out DIR');
  if (flags.includes('--build') && !(await buildNative())) return 1;
  for (const folder of writePlatformPackages(resolve(out))) say(folder);
  return 0;
}

if (isMain(import.meta.url)) await runMain(main);
