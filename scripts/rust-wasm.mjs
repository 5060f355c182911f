// Installs what builds WASM from Rust, and Chromium to test it in. Unattended; quick when all is there.
//   node scripts/rust-wasm.mjs
import { chromiumHint, ensureChromium } from './lib/chromium.mjs';
import { cargoHint, findCargo } from './lib/rust/find-cargo.mjs';
import { ensureWasmToolchain } from './lib/rust/wasm-toolchain.mjs';
import { isMain, runMain, say, seconds, warn } from './lib/say.mjs';

/** @returns {Promise<{ wasm: { ok: boolean, env?: object, reason?: string, hint?: string }, cargo: object | undefined, chromium: string | undefined }>} */
export async function ensureRustAndChromium() {
  const start = performance.now();
  const wasm = await ensureWasmToolchain();
  const cargo = await findCargo();
  const chromium = await ensureChromium();
  if (cargo) say(`native code: ${cargo.version} (${cargo.cargo})`);
  else warn('No cargo: the native backend cannot be built; the WASM backend is used instead.', cargoHint);
  if (wasm.ok) say('WASM: the toolchain is complete');
  else warn(`WASM cannot be rebuilt: ${wasm.reason}. The committed build serves.`, wasm.hint);
  if (chromium) say(`browser: ${chromium}`);
  else warn('No Chromium was found.', chromiumHint);
  say(`Rust and Chromium looked after in ${seconds(performance.now() - start)}.`);
  return { wasm, cargo, chromium };
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    const { wasm } = await ensureRustAndChromium();
    return wasm.ok ? 0 : 1;
  });
}
