// Keeps this machine's folders out of what rustc makes: the same bytes wherever it is built.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root, tools, windows } from '../paths.mjs';

const flags = (...pairs) => pairs.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);

/** The environment that does it. By a wrapper where there is a shell: cargo hashes the flags that it is given, folders and all, into every symbol's name. */
export function withoutPaths(env) {
  const sources = join(env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry', 'src');
  if (windows) {
    const indices = existsSync(sources) ? readdirSync(sources).map(index => [join(sources, index), '/crates']) : [];
    const own = env.CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS;
    return { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: [own, ...flags([root, '/syntrace'], ...indices)].filter(Boolean).join(' ') };
  }
  const wrapper = join(tools, 'rustc-without-paths');
  // The registry's folders are looked for when rustc runs: cargo has fetched into them by then.
  const script = `#!/bin/sh
for index in '${sources}'/*; do set -- "$@" "--remap-path-prefix=$index=/crates"; done
exec "$@" '${flags([root, '/syntrace'])}'
`;
  if (!existsSync(wrapper) || readFileSync(wrapper, 'utf8') !== script) writeFileSync(wrapper, script, { mode: 0o755 });
  return { RUSTC_WRAPPER: wrapper };
}
