// The detector in Chromium, by WASM: 300 synthetic pictures of 256×256 as PNG files through the SDK, with progress. Prints what it found and how long it took.
//   node bench/noisescope/browser.mjs
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { askInChromium } from '../../scripts/lib/pack/in-chromium.mjs';
import { machine } from '../machine.mjs';

const chromium = findChromium();
if (!chromium) throw new Error('no Chromium: set CHROMIUM_PATH');
const require = createRequire(new URL('../../package.json', import.meta.url));
const vite = join(dirname(require.resolve('vite/package.json')), 'bin/vite.js');
const cwd = fileURLToPath(new URL('./browser', import.meta.url));
const [result] = await askInChromium(['judge'], { vite, args: [], cwd, chromium });
console.log(JSON.stringify({ machine: machine().text, ...result }, null, 2));
