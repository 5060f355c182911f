// One file that holds the whole check, so that a machine with a card needs no packages: node bundle.mjs FOLDER
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { npyFolders } from '../../packages/kernels-conformance/vite/npy-folder.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const folder = resolve(process.argv[2] ?? join(root, 'bench/gpu/bundle'));

/** sha256 over all embedded PTX: says which kernels a result belongs to. */
function ptxChecksum() {
  const kernels = join(root, 'crates/kernels-cuda/kernels');
  const hash = createHash('sha256');
  for (const name of readdirSync(kernels)
    .filter(each => each.endsWith('.ptx'))
    .sort())
    hash.update(readFileSync(join(kernels, name)));
  return hash.digest('hex');
}

/** Their package says that its modules do nothing by themselves; its test files are imported for what they do. */
const keepTests = { name: 'keep-tests', transform: (code, id) => (id.endsWith('.test.ts') ? { code, moduleSideEffects: true } : undefined) };

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  plugins: [npyFolders, keepTests],
  define: { PTX_CHECKSUM: JSON.stringify(ptxChecksum()) },
  resolve: { alias: { vitest: join(here, 'vitest-alone.mjs') } },
  ssr: { noExternal: true },
  build: {
    ssr: join(here, 'main.mjs'),
    outDir: join(folder, 'dist'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: { output: { entryFileNames: 'gpu-check.mjs', codeSplitting: false } },
  },
});
const native = join(root, 'packages/kernels-native');
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(native).filter(each => each.startsWith('syntrace-kernels-cuda.'))) copyFileSync(join(native, name), join(folder, name));
console.log(join(folder, 'dist/gpu-check.mjs'));
