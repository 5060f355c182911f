import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { toolsEnvironment } from '../environment.mjs';
import { tools, windows } from '../paths.mjs';
import { findAll, isExecutable, run } from '../process.mjs';

let found;

/**
 * The cargo for native code: the first on the PATH that runs, else the one in the home folder.
 * A rustup whose home is not this user's (HOME was changed) is used with the toolchains that lie beside it.
 * @returns {Promise<{ cargo: string, version: string, rustup: boolean, env: object } | undefined>}
 */
export function findCargo() {
  found ??= search();
  return found;
}

async function search() {
  const env = toolsEnvironment();
  const own = join(tools, 'rust-wasm', 'bin');
  const candidates = findAll('cargo', env).filter(file => dirname(file) !== own);
  const homeCargo = join(homedir(), '.cargo', 'bin', windows ? 'cargo.exe' : 'cargo');
  if (isExecutable(homeCargo) && !candidates.includes(homeCargo)) candidates.push(homeCargo);
  for (const cargo of candidates) {
    const folder = dirname(cargo);
    const beside = join(folder, '..', '..', '.rustup');
    const variants = [{}];
    if (!env.RUSTUP_HOME && existsSync(beside)) variants.push({ RUSTUP_HOME: join(beside) });
    for (const more of variants) {
      const withCargo = { ...env, ...more, PATH: `${folder}${windows ? ';' : ':'}${env.PATH}` };
      const { code, stdout } = await run(cargo, ['--version'], { env: withCargo, timeoutMs: 60_000 });
      if (code === 0) return { cargo, version: stdout.trim(), rustup: isExecutable(join(folder, windows ? 'rustup.exe' : 'rustup')), env: withCargo };
    }
  }
  return undefined;
}

/** Looks again, after something was installed. */
export function forgetCargo() {
  found = undefined;
}

export const cargoHint = "Install Rust (rustup, or your system's `cargo` 1.95 or newer) for the native backend; everything else works without it.";
