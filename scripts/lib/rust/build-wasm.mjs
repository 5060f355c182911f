import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from '../paths.mjs';
import { findAll, run, tail } from '../process.mjs';
import { StepError, say, step } from '../say.mjs';
import { hashOf, sha256 } from '../tree.mjs';
import { wasmTarget } from '../versions.mjs';
import { withoutPaths } from './without-paths.mjs';

// What wasm-pack writes beside the module; with its .gitignore in place `pnpm pack` would ship no WASM at all.
const notWanted = ['.gitignore', 'package.json', 'README.md', 'LICENSE'];

// All that a rebuilt module depends on.
const sources = ['crates/', 'Cargo.', '.cargo/', 'scripts/lib/rust/', 'scripts/lib/versions.mjs', 'pnpm-lock.yaml'];

/** Builds a WASM module into `<into>/pkg-rebuilt`, unless what lies there was built from just these sources; whether it is the committed one, byte for byte. */
export async function buildWasm({ crate, into }, toolchain) {
  const out = join(root, into, 'pkg-rebuilt');
  const stamp = join(root, 'target', 'wasm-stamps', basename(crate));
  const key = await hashOf(sources, [crate, (await run('rustc', ['-vV'], { env: toolchain.env })).stdout]);
  if (key && existsSync(stamp) && existsSync(out) && readFileSync(stamp, 'utf8') === key + JSON.stringify(checksums(out))) {
    say(`- ${into}/pkg-rebuilt was built from these sources`);
    return isCommitted(into, out);
  }
  await step(`wasm-pack build ${crate}`, async () => {
    rmSync(out, { recursive: true, force: true });
    const args = ['build', join(root, crate), '--target', 'web', '--mode', 'no-install', '--profile', 'wasm', '--out-dir', out, '--', '--locked'];
    // The crates' sources must lie there before their folder can be named in a flag.
    await run('cargo', ['fetch', '--locked', '--target', wasmTarget], { env: toolchain.env });
    const env = { ...toolchain.env, ...withoutPaths(toolchain.env), CARGO_TERM_PROGRESS_WHEN: 'never' };
    const { code, output } = await run(findAll('wasm-pack', toolchain.env)[0], args, { env });
    if (code !== 0) {
      const hint = /local wasm-bindgen|schema version/.test(output)
        ? 'The wasm-bindgen in Cargo.lock must be the version that scripts/lib/versions.mjs pins.'
        : 'The last lines above name the cause.';
      throw new StepError(`${crate} does not build for WASM\n${tail(output, 40)}`, hint);
    }
    for (const name of notWanted) rmSync(join(out, name), { force: true });
    if (key) {
      mkdirSync(dirname(stamp), { recursive: true });
      writeFileSync(stamp, key + JSON.stringify(checksums(out)));
    }
  });
  return isCommitted(into, out);
}

function isCommitted(into, out) {
  const committed = join(root, into, 'pkg');
  if (!existsSync(committed)) {
    say(`  ${into}/pkg is not there yet: \`npm run build -- --update-wasm\` makes it.`);
    return false;
  }
  const same = JSON.stringify(checksums(out)) === JSON.stringify(checksums(committed));
  say(
    `  the rebuilt module is ${same ? 'the committed one, byte for byte' : 'not byte for byte the committed one (another compiler or path); its tests decide'}`,
  );
  return same;
}

/** sha256 of every file of a build, by name. */
export function checksums(folder) {
  const sums = {};
  for (const name of readdirSync(folder).sort()) {
    if (name !== 'checksums.json') sums[name] = sha256(readFileSync(join(folder, name)));
  }
  return sums;
}

/** Makes the rebuilt module the committed one, with its checksums. */
export function commitWasm({ into }) {
  const [from, to] = [join(root, into, 'pkg-rebuilt'), join(root, into, 'pkg')];
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  cpSync(from, to, { recursive: true });
  writeFileSync(join(to, 'checksums.json'), `${JSON.stringify(checksums(to), null, 2)}\n`);
  say(`  ${into}/pkg is the rebuilt module now`);
}
