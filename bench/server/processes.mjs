// The service and its workers as processes, for the commands beside this file.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../packages/syntrace/bin/syntrace.js', import.meta.url));
/** The detector of the tests: the first sample of a picture minus 100. */
export const PLUGIN = fileURLToPath(new URL('../../packages/server/test/fixtures/first-sample.mjs', import.meta.url));
export const SMALL = ['--plugin', PLUGIN, '--detector', 'first-sample', '--backend', 'wasm', '--concurrency', '1', '--processes', '1'];

/** Starts `syntrace serve` or `syntrace worker`; `ready` has its first line. */
export function command(args, { env = {}, quiet = true } = {}) {
  const child = spawn(process.execPath, [BIN, ...args, '--log-level', quiet ? 'error' : 'warn'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', quiet ? 'ignore' : 'inherit'],
  });
  const ready = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', line => resolve(JSON.parse(line)));
    child.once('exit', code => reject(new Error(`${args[0]} ended with ${code}`)));
  });
  ready.catch(() => {});
  const exited = once(child, 'exit');
  return { child, ready, exited };
}

export const wait = ms => new Promise(resolve => setTimeout(resolve, ms));

/** A request that is tried again until the service answers. */
export async function insist(address, path, options = {}, seconds = 120) {
  for (const end = Date.now() + 1000 * seconds; ; await wait(300)) {
    try {
      const response = await fetch(address + path, options);
      if (response.status < 500) return response;
      await response.arrayBuffer();
    } catch {}
    if (Date.now() > end) throw new Error(`no answer to ${path} for ${seconds} s`);
  }
}

export const asJson = body => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
