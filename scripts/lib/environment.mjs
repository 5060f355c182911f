import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, tools, windows } from './paths.mjs';

/** The npm package that holds Node for this platform. */
export const nodePackage = `node-${windows ? 'win' : process.platform}-${process.arch}`;

const quiet = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', ONNXRUNTIME_NODE_INSTALL: 'skip', NO_UPDATE_NOTIFIER: '1' };
// What `npm run` tells its child about itself, which an npm or pnpm started from it would take for the user's settings.
const ofNpmRun =
  /^(npm_(lifecycle|package|command|execpath|node_execpath)|npm_config_(local_prefix|prefix|global_prefix|user_agent|node_gyp|npm_version|noproxy|init_module|globalconfig)$|INIT_CWD$|pnpm_|PNPM_)/i;

/** The environment in which everything of this repository runs: its own tools first, then the machine's. */
export function toolsEnvironment(more = {}) {
  const env = {};
  for (const [name, value] of Object.entries(process.env)) if (!ofNpmRun.test(name)) env[name] = value;
  const own = [
    join(tools, 'node_modules', '.bin'),
    join(tools, 'node_modules', nodePackage, windows ? '' : 'bin'),
    join(root, 'node_modules', '.bin'),
    join(tools, 'cargo', 'bin'),
  ].filter(folder => existsSync(folder));
  const rest = (env.PATH ?? env.Path ?? '').split(delimiter).filter(folder => folder && !own.includes(folder));
  delete env.Path;
  // Who told npm of a certificate (a proxy of their own) meant its users too: pnpm does not read npm's settings, and would wait in silence.
  if (env.npm_config_cafile) env.NODE_EXTRA_CA_CERTS ??= env.npm_config_cafile;
  return { ...env, ...quiet, PATH: [...own, ...rest].join(delimiter), ...more };
}
