// A private Rust sysroot with std for wasm32, made from Debian's rustc and the source of std: where rustup cannot fetch one, and
// without its nightly flags spreading into every later build.
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainFailure } from '../explain-failure.mjs';
import { root, tools } from '../paths.mjs';
import { run, tail } from '../process.mjs';
import { say, step } from '../say.mjs';
import { wasmTarget } from '../versions.mjs';
import { withoutPaths } from './without-paths.mjs';

export const debianRustPackages = ['rustc-web', 'cargo-web', 'rust-web-src', 'lld-19'];
export const sysroot = join(tools, 'rust-wasm');
const systemRustc = '/usr/bin/rustc';
const systemCargo = '/usr/bin/cargo';
const wasmLinker = '/usr/lib/llvm-19/bin/wasm-ld';
const stampFile = join(sysroot, 'stamp');
const seedName = 'seed_of_the_sysroot';

/** Compiles and links a module with fat LTO, as the WASM builds do: the one proof that the sysroot serves. */
async function works() {
  if (!existsSync(join(sysroot, 'bin', 'rustc'))) return false;
  const folder = mkdtempSync(join(tools, 'probe-'));
  try {
    const source = join(folder, 'probe.rs');
    writeFileSync(source, '#[unsafe(no_mangle)]\npub extern "C" fn probe(n: usize) -> usize {\n    vec![n; n].len()\n}\n');
    const args = ['--edition', '2024', '--target', wasmTarget, '--crate-type', 'cdylib', '-O', '-C', 'lto=fat', '-C', 'panic=abort'];
    const linked = ['-C', `linker=${join(sysroot, 'bin', 'wasm-ld')}`, '--out-dir', folder, source];
    return (await run(join(sysroot, 'bin', 'rustc'), [...args, ...linked], { timeoutMs: 120_000 })).code === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Promise<{ ok: true } | { ok: false, reason: string, hint: string }>} */
export async function ensureSysroot() {
  const { stdout: verbose } = await run(systemRustc, ['-vV']);
  const stamp = `${sysroot}, without paths\n${verbose}`;
  const stamped = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (stamped || (!existsSync(stampFile) && (await works()))) {
    if (!stamped) writeFileSync(stampFile, stamp);
    return { ok: true };
  }
  return step('std for wasm32, from source (about 45 s, once)', () => build(stamp, /^host: (.*)$/m.exec(verbose)?.[1] ?? 'x86_64-unknown-linux-gnu'));
}

async function build(stamp, host) {
  const seed = mkdtempSync(join(tools, 'seed-'));
  try {
    mkdirSync(join(seed, 'src'));
    writeFileSync(join(seed, 'src', 'lib.rs'), '');
    writeFileSync(
      join(seed, 'Cargo.toml'),
      `[package]\nname = "${seedName}"\nversion = "0.0.0"\nedition = "2021"\n\n[profile.release]\npanic = "abort"\n\n[workspace]\n`,
    );
    const { RUSTUP_TOOLCHAIN: _, RUSTFLAGS: __, ...env } = process.env;
    const args = ['build', '--release', '--target', wasmTarget, '-Z', 'build-std=std,panic_abort,proc_macro,test'];
    const forStd = {
      RUSTC: systemRustc,
      RUSTC_BOOTSTRAP: '1',
      CARGO_TARGET_DIR: join(seed, 'target'),
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: wasmLinker,
      // Without bitcode in std's objects no crate could be linked with LTO.
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: '-C embed-bitcode=yes',
    };
    const result = await run(systemCargo, args, { cwd: seed, env: { ...env, ...forStd, ...withoutPaths(env), CARGO_TERM_PROGRESS_WHEN: 'never' } });
    if (result.code !== 0) {
      say(tail(result.output, 20));
      return { ok: false, ...explainFailure(result.output, 'Delete .tools/rust-wasm and run this again.') };
    }
    assemble(join(seed, 'target', wasmTarget, 'release', 'deps'), host);
  } finally {
    rmSync(seed, { recursive: true, force: true });
  }
  if (!(await works())) return { ok: false, reason: 'the sysroot was built but rustc does not accept it', hint: 'Delete .tools/rust-wasm and run this again.' };
  writeFileSync(stampFile, stamp);
  return { ok: true };
}

function assemble(built, host) {
  rmSync(sysroot, { recursive: true, force: true });
  // What was compiled against another std: cargo does not see the difference.
  rmSync(join(root, 'target', wasmTarget), { recursive: true, force: true });
  const lib = join(sysroot, 'lib', 'rustlib', wasmTarget, 'lib');
  mkdirSync(lib, { recursive: true });
  mkdirSync(join(sysroot, 'bin'));
  for (const file of readdirSync(built)) if (file.endsWith('.rlib') && !file.includes(seedName)) cpSync(join(built, file), join(lib, file));
  symlinkSync(`/usr/lib/rustlib/${host}`, join(sysroot, 'lib', 'rustlib', host));
  symlinkSync(systemCargo, join(sysroot, 'bin', 'cargo'));
  symlinkSync(wasmLinker, join(sysroot, 'bin', 'wasm-ld'));
  writeFileSync(join(sysroot, 'bin', 'rustc'), `#!/bin/sh\nexec ${systemRustc} --sysroot "${sysroot}" "$@"\n`);
  chmodSync(join(sysroot, 'bin', 'rustc'), 0o755);
}
