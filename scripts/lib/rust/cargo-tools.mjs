// wasm-bindgen and wasm-pack of the pinned versions, built by cargo into .tools/cargo.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { explainFailure } from '../explain-failure.mjs';
import { tools, windows } from '../paths.mjs';
import { run, tail } from '../process.mjs';
import { say, step } from '../say.mjs';
import { wasmBindgenVersion, wasmPackVersion } from '../versions.mjs';
import { cargoHint, findCargo } from './find-cargo.mjs';

const wanted = [
  { crate: 'wasm-bindgen-cli', version: wasmBindgenVersion, binary: 'wasm-bindgen' },
  { crate: 'wasm-pack', version: wasmPackVersion, binary: 'wasm-pack' },
];

async function isThere({ binary, version }) {
  const file = join(tools, 'cargo', 'bin', windows ? `${binary}.exe` : binary);
  const { code, stdout } = await run(file, ['--version'], { timeoutMs: 30_000 });
  return code === 0 && stdout.trim().split(' ').includes(version);
}

/** @returns {Promise<{ ok: true } | { ok: false, reason: string, hint: string }>} */
export async function ensureCargoTools() {
  const missing = [];
  for (const tool of wanted) if (!(await isThere(tool))) missing.push(tool);
  if (missing.length === 0) return { ok: true };
  const rust = await findCargo();
  if (!rust) return { ok: false, reason: 'cargo was not found', hint: cargoHint };
  // One target folder for both: the crates that they share are compiled once.
  const target = join(tools, 'cargo-target');
  for (const { crate, version } of missing) {
    let result;
    await step(`cargo install ${crate} ${version} (1 to 2 minutes on two cores, once)`, async () => {
      // Not optimised: they work for seconds, and would take longer to be built.
      const args = ['install', crate, '--version', version, '--locked', '--debug', '--root', join(tools, 'cargo'), '--target-dir', target];
      const env = { ...rust.env, CARGO_PROFILE_DEV_DEBUG: '0', CARGO_INCREMENTAL: '0', CARGO_TERM_PROGRESS_WHEN: 'never' };
      result = await run(rust.cargo, args, { env });
      return { ok: result.code === 0 };
    });
    if (result.code !== 0) {
      say(tail(result.output, 20));
      return { ok: false, ...explainFailure(result.output, `cargo install ${crate} --version ${version} --locked fails; a C linker (gcc) is needed too.`) };
    }
  }
  rmSync(target, { recursive: true, force: true });
  return { ok: true };
}
