// Writes the table of sizes in packages/syntrace/README.md from the built packages.
//   node scripts/docs-sizes.mjs      after `npm run build`
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withSection } from './lib/docs-section.mjs';
import { root } from './lib/paths.mjs';
import { isMain, runMain, StepError, say } from './lib/say.mjs';

const readme = join(root, 'packages/syntrace/README.md');

/** The one file of a folder of a package whose name begins and ends so. */
function only(folder, begin, end) {
  const names = readdirSync(join(root, 'packages', folder)).filter(name => name.startsWith(begin) && name.endsWith(end));
  if (names.length !== 1) throw new StepError(`packages/${folder} holds ${names.length} files ${begin}…${end}`, '`npm run build` makes them.');
  return join(root, 'packages', folder, names[0]);
}

const size = bytes => (bytes < 1e6 ? `${Math.round(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`);
const sizeOf = (...where) => size(statSync(only(...where)).size);
const zipped = (...where) => size(gzipSync(readFileSync(only(...where))).length);

/** What each part weighs, and when it is loaded. */
export function sizeRows() {
  const wasm = ['kernels-wasm/pkg', 'syntrace_kernels_wasm_bg', '.wasm'];
  const codec = name => sizeOf('image-io/dist', `codec-${name}-`, '.js');
  return [
    ['weights of the frequency detector', `${sizeOf('detector-frequency/weights', 'model', '.safetensors')}, inside its JavaScript`, 'when it first judges'],
    [
      'weights of the residuals detector',
      `${sizeOf('detector-frequency/weights/residuals', 'model', '.safetensors')}, inside its JavaScript`,
      'when it first judges',
    ],
    ['weights of the NPR detector', `${sizeOf('detector-npr/weights', 'model', '.onnx')}, inside a module of their own`, 'when it first judges'],
    [
      'masks and denoiser of the MaskSim detector',
      `${sizeOf('detector-masksim/weights', 'masks', '.safetensors')} and ${sizeOf('detector-masksim/weights', 'denoiser', '.onnx')}, inside modules of their own`,
      'when it first judges',
    ],
    ['provenance: metadata and signs', `${sizeOf('detector-provenance/dist', 'index', '.js')}, its JavaScript`, 'when a file is judged or inspected'],
    ['reader of Content Credentials (C2PA, WASM)', sizeOf('detector-provenance/dist', 'c2pa_bg', '.wasm'), 'when a file carries a manifest'],
    [
      'WASM kernels',
      `${sizeOf(...wasm)} (${zipped(...wasm)} gzipped); embedded for browsers ${sizeOf('kernels-wasm/dist', 'inline', '.js')}`,
      'when that backend is opened',
    ],
    ["native kernels (one platform's addon)", sizeOf('kernels-native', 'syntrace-kernels.', '.node'), 'when that backend is opened'],
    ['the same with CUDA', sizeOf('kernels-native', 'syntrace-kernels-cuda.', '.node'), 'when that backend is asked for and a card is found'],
    ['codecs for browsers: JPEG, PNG, WebP, TIFF', ['jpeg', 'png', 'webp', 'tiff'].map(codec).join(', '), 'when such a file comes'],
    ['learners (WASM)', sizeOf('training/pkg', 'syntrace_learn_wasm_bg', '.wasm'), 'by `syntrace train`'],
    ["engine for networks (one platform's addon)", sizeOf('training', 'syntrace-learn.', '.node'), 'by `syntrace train npr`'],
    ['sharp with libvips, in Node', 'about 20 MB, its own platform packages', 'when the first picture is decoded'],
  ];
}

async function main() {
  const lines = ['| part | size | when it is loaded |', '| --- | --- | --- |', ...sizeRows().map(row => `| ${row.join(' | ')} |`)];
  writeFileSync(readme, withSection(readFileSync(readme, 'utf8'), 'sizes', lines.join('\n')));
  say('packages/syntrace/README.md is written');
}

if (isMain(import.meta.url)) await runMain(main);
