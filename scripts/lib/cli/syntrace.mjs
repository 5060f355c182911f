// The built command, as a child process.
import { join } from 'node:path';
import { toolsEnvironment } from '../environment.mjs';
import { root } from '../paths.mjs';
import { run } from '../process.mjs';

export const bin = join(root, 'packages', 'syntrace', 'bin', 'syntrace.js');

/** Runs `syntrace <args>` to its end under the tools' Node. */
export function syntrace(args, options = {}) {
  return run('node', [bin, ...args], { env: toolsEnvironment({ NO_COLOR: '1' }), timeoutMs: 300_000, ...options });
}

/** The objects of an NDJSON output, one a line. */
export function ndjson(stdout) {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}
