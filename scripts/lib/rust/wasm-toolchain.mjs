import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDebianPackages } from '../debian-packages.mjs';
import { toolsEnvironment } from '../environment.mjs';
import { findAll, run } from '../process.mjs';
import { step } from '../say.mjs';
import { wasmTarget } from '../versions.mjs';
import { ensureCargoTools } from './cargo-tools.mjs';
import { findCargo, forgetCargo } from './find-cargo.mjs';
import { debianRustPackages, ensureSysroot, sysroot } from './sysroot.mjs';

async function rustupHasTarget(rust) {
  if (!rust?.rustup) return false;
  const { code, stdout } = await run('rustup', ['target', 'list', '--installed'], { env: rust.env, timeoutMs: 60_000 });
  return code === 0 && stdout.split('\n').includes(wasmTarget);
}

async function addRustupTarget(rust) {
  if (!rust?.rustup) return false;
  return step(
    `rustup target add ${wasmTarget}`,
    async () => (await run('rustup', ['target', 'add', wasmTarget], { env: rust.env, timeoutMs: 180_000 })).code === 0,
  );
}

/** A compiler for wasm32: rustup's where it has the target, else Debian's with a sysroot of its own, else rustup's once the target is added. */
async function ensureCompiler() {
  const rust = await findCargo();
  if (await rustupHasTarget(rust)) return { ok: true, env: rust.env };
  const packages = await ensureDebianPackages(debianRustPackages);
  forgetCargo();
  const ownSysroot = packages.ok ? await ensureSysroot() : packages;
  if (ownSysroot.ok) {
    const { RUSTUP_TOOLCHAIN: _, RUSTC: __, ...env } = toolsEnvironment();
    return { ok: true, env: { ...env, PATH: `${join(sysroot, 'bin')}:${env.PATH}`, CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: 'wasm-ld' } };
  }
  if (await addRustupTarget(rust)) return { ok: true, env: rust.env };
  if (existsSync('/etc/debian_version')) return ownSysroot;
  return {
    ok: false,
    reason: `no Rust compiler here has the target ${wasmTarget}`,
    hint: `With rustup: rustup target add ${wasmTarget}. On Debian 12: apt-get install --no-install-recommends ${debianRustPackages.join(' ')}.`,
  };
}

/**
 * Everything that `wasm-pack build --mode no-install` needs, installed where it is missing.
 * @returns {Promise<{ ok: true, env: object } | { ok: false, reason: string, hint: string }>} env to build in
 */
export async function ensureWasmToolchain() {
  const compiler = await ensureCompiler();
  if (!compiler.ok) return compiler;
  const cargoTools = await ensureCargoTools();
  if (!cargoTools.ok) return cargoTools;
  const { PATH } = toolsEnvironment();
  const env = { ...compiler.env, PATH: `${compiler.env.PATH}:${PATH}` };
  if (findAll('wasm-opt', env).length === 0) {
    return { ok: false, reason: 'wasm-opt was not found', hint: 'It comes with the npm package binaryen: run `npm run bootstrap` first.' };
  }
  return { ok: true, env };
}
