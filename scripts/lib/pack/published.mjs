// What registries and the tools of those who install make of a packed package.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect } from '../checks.mjs';
import { run } from '../process.mjs';

/** Largest sizes, gzipped, in bytes: those who only look at a page must not wait for us. */
const LIMITS = { core: 15_000, kernels: 400_000 };
/** What `syntrace` needs of core in a page; the rest (cards, networks, safetensors) comes with the detectors that use it. */
const USED = ['checkPlugin', 'definePlugin', 'isFailure', 'messageOf', 'parseEnsemble', 'Syntrace', 'SyntraceError'];
/** Ways of resolving that these packages, ESM only, do not serve. */
const NOT_SERVED = ['node10', 'node16-cjs'];

const bytesOf = async (tarball, file) => {
  const { code, stdout } = await run('tar', ['-xzOf', tarball, `package/${file}`]);
  expect(code === 0, `no ${file} in it`);
  return stdout;
};

/** One check a package: licence, no install scripts, publint, types. */
export async function checkPublished(checks, tarballs) {
  for (const tarball of tarballs) {
    const manifest = JSON.parse(await bytesOf(tarball, 'package.json'));
    await checks.check(`${manifest.name}: fit to be published`, async () => {
      expect(/MIT License/.test(await bytesOf(tarball, 'LICENSE')), 'its licence is not in it');
      const scripts = Object.keys(manifest.scripts ?? {}).filter(name => /^(pre|post)?install$|^prepare$/.test(name));
      expect(scripts.length === 0, `scripts that run when it is installed: ${scripts}`);
      const workspace = JSON.stringify({ ...manifest.dependencies, ...manifest.peerDependencies }).match(/workspace:[^"]*/);
      expect(!workspace, `a dependency is ${workspace}`);
      const data = readFileSync(tarball);
      const copy = () => data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
      const { messages } = await publint({ pack: { tarball: copy() }, level: 'warning', strict: true });
      expect(messages.length === 0, messages.map(message => formatMessage(message, manifest, { color: false })).join('\n'));
      const problems = await typeProblems(new Uint8Array(copy()), manifest);
      expect(problems.length === 0, problems.join('\n'));
    });
  }
}

async function typeProblems(data, { exports }) {
  // Data files have no types.
  const excludeEntrypoints = Object.keys(exports).filter(path => !JSON.stringify(exports[path]).includes('"types"'));
  const { types, problems } = await checkPackage(createPackageFromTarballData(data), { excludeEntrypoints });
  if (types === false) return ['it has no types'];
  return problems
    .filter(({ resolutionKind, kind }) => !NOT_SERVED.includes(resolutionKind) && kind !== 'CJSResolvesToESM')
    .map(({ kind, entrypoint, resolutionKind }) => `types: ${kind} at ${entrypoint ?? ''} for ${resolutionKind ?? 'all'}`);
}

/** The sizes that pages depend on. */
export async function checkSizes(checks, project) {
  const within = (what, bytes, limit) => expect(bytes <= limit, `${what}: ${bytes} bytes gzipped, the limit is ${limit}`);
  await checks.check(`what a page takes of @syntrace/core is at most ${LIMITS.core / 1000} kB, minified and gzipped`, async () => {
    const contents = `export { ${USED.join(', ')} } from '@syntrace/core';`;
    const stdin = { contents, resolveDir: project };
    const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: 'esm', write: false, logLevel: 'silent' });
    within('core', gzipSync(outputFiles[0].contents).length, LIMITS.core);
  });
  await checks.check(`the WASM kernels are at most ${LIMITS.kernels / 1000} kB gzipped`, () => {
    within('kernels', gzipSync(readFileSync(join(project, 'node_modules/@syntrace/kernels-wasm/pkg/syntrace_kernels_wasm_bg.wasm'))).length, LIMITS.kernels);
  });
}
