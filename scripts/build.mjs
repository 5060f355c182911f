// Builds from source. Without a flag: all three, and what cannot be built here is said.
//   node scripts/build.mjs [--native] [--wasm] [--ts] [--update-wasm]
// --update-wasm also makes the rebuilt WASM the committed one (packages/*/pkg).
import { bootstrap } from './bootstrap.mjs';
import { buildTypeScript } from './lib/build-typescript.mjs';
import { buildAddon } from './lib/rust/build-addon.mjs';
import { buildWasm, commitWasm } from './lib/rust/build-wasm.mjs';
import { presentAddons, presentWasmModules } from './lib/rust/crates.mjs';
import { cargoHint, findCargo } from './lib/rust/find-cargo.mjs';
import { ensureWasmToolchain } from './lib/rust/wasm-toolchain.mjs';
import { isMain, runMain, warn } from './lib/say.mjs';

/** Builds every addon; false, with a warning, where there is no cargo. */
export async function buildNative() {
  const rust = await findCargo();
  if (!rust) {
    warn('No cargo: the native addons are not built, the WASM backend serves.', cargoHint);
    return false;
  }
  for (const addon of presentAddons()) await buildAddon(addon, rust);
  return true;
}

/** Rebuilds every WASM module, and tells those that are the committed ones, byte for byte; nothing, with a warning, where the toolchain is incomplete. */
export async function rebuildWasm({ update = false } = {}) {
  const toolchain = await ensureWasmToolchain();
  if (!toolchain.ok) {
    warn(`WASM is not rebuilt: ${toolchain.reason}. The committed build serves.`, toolchain.hint);
    return undefined;
  }
  const same = [];
  for (const module of presentWasmModules()) {
    if (await buildWasm(module, toolchain)) same.push(module);
    if (update) commitWasm(module);
  }
  return { same };
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    const flags = new Set(process.argv.slice(2));
    const wants = flag => flags.has(flag) || !['--native', '--wasm', '--ts', '--update-wasm'].some(each => flags.has(each));
    await bootstrap();
    if (wants('--native')) await buildNative();
    if (wants('--wasm') || flags.has('--update-wasm')) {
      const built = await rebuildWasm({ update: flags.has('--update-wasm') });
      if (!built && flags.has('--update-wasm')) return 1;
    }
    if (wants('--ts')) await buildTypeScript();
    return 0;
  });
}
