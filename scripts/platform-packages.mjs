// The native addons as packages of single platforms, for a release.
//   node scripts/platform-packages.mjs --out DIR [--build]     the packages of this platform; --build builds the addons first (cargo needed, nothing of npm)
//   node scripts/platform-packages.mjs --publishable           makes the package.json of those that hold addons that of a release
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { buildNative } from './build.mjs';
import { root } from './lib/paths.mjs';
import { ADDONS, HOLDERS, PLATFORMS, platformManifest, publishedManifest } from './lib/release/platforms.mjs';
import { platformName } from './lib/rust/crates.mjs';
import { isMain, runMain, StepError, say } from './lib/say.mjs';

const manifestOf = folder => join(root, 'packages', folder, 'package.json');
const readManifest = folder => JSON.parse(readFileSync(manifestOf(folder), 'utf8'));
const writeJson = (file, value) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/** Writes this platform's packages below `out` and tells their folders. */
export function writePlatformPackages(out, wanted = ADDONS, platform = platformName()) {
  if (!PLATFORMS[platform]) throw new StepError(`${platform} is not on the list of scripts/lib/release/platforms.mjs`);
  const here = wanted.filter(({ cuda }) => !cuda || PLATFORMS[platform].cuda);
  const built = ({ folder, file }) => join(root, 'packages', folder, `${file}.${platform}.node`);
  const missing = here.filter(addon => !existsSync(built(addon)));
  if (missing.length > 0) throw new StepError(`not built for ${platform}: ${missing.map(({ file }) => file).join(', ')}`, 'Pass --build.');
  return here.map(addon => {
    const manifest = platformManifest(addon, platform, readManifest(addon.folder).version);
    const folder = join(out, basename(manifest.name));
    mkdirSync(folder, { recursive: true });
    copyFileSync(built(addon), join(folder, manifest.main));
    copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
    writeJson(join(folder, 'package.json'), manifest);
    writeFileSync(join(folder, 'README.md'), `# ${manifest.name}\n\n${manifest.description}. \`@syntrace/${addon.folder}\` finds it; nothing else needs it.\n`);
    return folder;
  });
}

async function main() {
  const flags = process.argv.slice(2);
  if (flags.includes('--publishable')) {
    for (const folder of HOLDERS) writeJson(manifestOf(folder), publishedManifest(folder, readManifest(folder)));
    say(`the package.json of ${HOLDERS.join(' and ')} is that of a release`);
    return 0;
  }
  const out = flags[flags.indexOf('--out') + 1];
  if (!flags.includes('--out') || !out) throw new StepError('give --out DIR');
  if (flags.includes('--build') && !(await buildNative())) return 1;
  for (const folder of writePlatformPackages(resolve(out))) say(folder);
  return 0;
}

if (isMain(import.meta.url)) await runMain(main);
