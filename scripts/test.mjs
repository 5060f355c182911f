// `npm test`: installs what is missing, builds everything from source, and runs every test there is.
//   npm test [-- --only NAME[,NAME]] [--fast] [--force]
// --only   only the steps and packages whose name holds one of these words (what they stand on is built first)
// --fast   without the Rust→WASM toolchain, the rebuilt WASM and the packed tarballs
// --force  also the steps of which nothing has changed since their last success, whose results stand otherwise
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { buildNative, rebuildWasm } from './build.mjs';
import { buildTypeScript } from './lib/build-typescript.mjs';
import { findChromium } from './lib/chromium.mjs';
import { buildEmulator, noEmulator } from './lib/cuda/emulator.mjs';
import { canInstallDebianPackages, ensureDebianPackages } from './lib/debian-packages.mjs';
import { toolsEnvironment } from './lib/environment.mjs';
import { listPackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { run, tail } from './lib/process.mjs';
import { presentAddons, presentWasmModules } from './lib/rust/crates.mjs';
import { findCargo } from './lib/rust/find-cargo.mjs';
import { StepError, say } from './lib/say.mjs';
import { cargoCheck, cargoTest } from './lib/test/cargo.mjs';
import { childResults } from './lib/test/child-results.mjs';
import { KeptResults } from './lib/test/kept-results.mjs';
import { Ledger } from './lib/test/ledger.mjs';
import { runVitest } from './lib/test/vitest.mjs';
import { ensureRustAndChromium } from './rust-wasm.mjs';

const argv = process.argv.slice(2);
const fast = argv.includes('--fast');
const only = argv.includes('--only') ? argv[argv.indexOf('--only') + 1].split(',') : undefined;
const chosen = name => !only || only.some(word => name.includes(word));
const notFast = fast ? 'left out by --fast' : undefined;

// Opened after the builds: the addons are part of what tests read.
let kept;
const ledger = new Ledger({ get: key => (argv.includes('--force') ? undefined : kept?.get(key)), put: (...result) => kept?.put(...result) });
const step = (name, options, work) => (chosen(name) ? ledger.step(name, options, work) : undefined);

/** One command, one check. */
async function command(program, args, hint) {
  const { code, output } = await run(program, args, { env: toolsEnvironment({ CI: 'true' }) });
  if (code !== 0) throw new StepError(`${program} ${args.join(' ')}\n${tail(output, 80)}`, hint);
}

/** A script of this folder that counts its own checks, under the tools' Node. */
const script = (name, env, more = []) =>
  childResults(name, file => ['node', [join(root, 'scripts', name), ...more, '--results', file], { env: toolsEnvironment(env) }]);

// Set-up and builds are run whatever --only says: the rest stands on them.
await ledger.step('bootstrap', {}, async () => void (await bootstrap()));
if (!ledger.succeeded('bootstrap')) process.exit(ledger.close());

let machine = { wasm: { ok: false, reason: notFast }, cargo: await findCargo(), chromium: findChromium() };
await ledger.step('toolchain', { leaveOut: notFast }, async () => {
  machine = await ensureRustAndChromium();
});
const { wasm, cargo, chromium } = machine;
const noCargo = cargo ? undefined : 'no cargo on this machine: neither the native backend nor the crates are tested';
const noWasm = wasm.ok ? undefined : `the WASM is not rebuilt: ${wasm.reason}`;
const browser = chromium ? { CHROMIUM_PATH: chromium } : {};

await ledger.step(
  'build native',
  { leaveOut: noCargo ?? (presentAddons().length ? undefined : 'there is no addon crate') },
  async () => void (await buildNative()),
);
const rebuilt = presentWasmModules().map(module => ({ module, name: `vitest ${module.into.split('/')[1]} (rebuilt WASM)` }));
let asCommitted = [];
if (chosen('build wasm') || rebuilt.some(({ name }) => chosen(name))) {
  await ledger.step('build wasm', { leaveOut: noWasm ?? (rebuilt.length ? undefined : 'there is no WASM crate') }, async () => {
    const built = await rebuildWasm();
    if (!built) throw new StepError('the WASM could not be rebuilt');
    asCommitted = built.same;
  });
}
await ledger.step('build typescript', {}, buildTypeScript);
const builtSteps = ledger.steps.length;

await step('format and lint', {}, () => command('biome', ['check', '.'], '`npm run format` mends most of it.'));
await step('cargo fmt', { leaveOut: noCargo }, () => cargoCheck(cargo, 'fmt', ['--all', '--check']));
await step('cargo clippy', { leaveOut: noCargo }, () => cargoCheck(cargo, 'clippy', ['--workspace', '--all-targets', '--locked', '--', '-D', 'warnings']));
await step('cargo clippy of the CUDA addon', { leaveOut: noCargo }, () =>
  cargoCheck(cargo, 'clippy', ['-p', 'syntrace-kernels-node', '--features', 'cuda', '--all-targets', '--locked', '--', '-D', 'warnings']),
);
await step('cuda ptx', {}, () => script('cuda-ptx.mjs', {}, ['--check']));
await step('typecheck', { needs: ['build typescript'] }, () => command('turbo', ['run', 'typecheck', '--output-logs=errors-only']));
await step('scripts', {}, () => script('scripts-check.mjs'));
await step('package rules', { needs: ['build typescript'] }, () => script('check-packages.mjs'));
await step('cargo test', { leaveOut: noCargo }, () => cargoTest(cargo));

// The server's tests start a cluster of their own; without PostgreSQL they say what they leave out.
if (chosen('vitest server') && !existsSync('/usr/lib/postgresql') && canInstallDebianPackages()) await ensureDebianPackages(['postgresql']);

kept = await KeptResults.open();
const noCrates = path => !/^(crates|bench)\//.test(path);
const steps = [];
const later = (name, options, work, folder) => chosen(name) && steps.push({ name, folder, options, work });

const built = { needs: ['build typescript', 'build native'] };
later('packed packages', { ...built, leaveOut: notFast, key: kept?.key('packed packages', noCrates) }, () => script('pack-test.mjs', browser));
for (const { name, folder, json } of listPackages()) {
  if (!json.scripts?.test) continue;
  later(`vitest ${name}`, { ...built, key: kept?.key(name, kept.readsOf(json.name)) }, () => runVitest(folder, { chromium }), folder);
}
for (const { module, name } of rebuilt) {
  const folder = join(root, module.into);
  const key = kept?.key(name, noCrates);
  const work = () => {
    if (!asCommitted.includes(module)) return runVitest(folder, { chromium, env: { SYNTRACE_WASM: 'rebuilt' } });
    say('the rebuilt module is the committed one, byte for byte: its tests are those above');
  };
  later(name, { needs: ['build typescript', 'build wasm'], leaveOut: noWasm, key }, work, folder);
}

// The kernels of the cards on the processor, in both orders of their threads.
for (const order of ['forwards', 'backwards']) {
  const folder = join(root, 'packages/kernels-native');
  const name = `cuda emulated ${order}`;
  const work = async () => {
    const env = { LD_LIBRARY_PATH: await buildEmulator(), SYNTRACE_EMULATOR_ORDER: order };
    return runVitest(folder, { env, only: 'cuda-' });
  };
  later(name, { ...built, leaveOut: noCargo ?? noEmulator(toolsEnvironment()), key: kept?.key(name) }, work, folder);
}

later('command line', { ...built, key: kept?.key('command line', noCrates) }, () => script('cli-check.mjs'));
later('docs site', { needs: ['build typescript'], key: kept?.key('docs site', noCrates) }, () => script('docs-site.mjs'));

// The long ones first, so that none is left over for one core alone at the end.
const long = ['packed packages', 'vitest syntrace', 'vitest playground', 'vitest image-io'];
const rank = ({ name }) => (long.includes(name) ? long.indexOf(name) : long.length);
await ledger.together(
  steps.sort((one, other) => rank(one) - rank(other)),
  Math.min(availableParallelism(), 4),
);
if (ledger.steps.length === builtSteps) await ledger.step(`--only ${only}`, {}, () => Promise.reject(new StepError('no step and no package has such a name')));
process.exitCode = ledger.close();
