// Writes docs/third-party-notices.md: what is installed with the published packages, and what is compiled into their WASM and addons.
//   node scripts/docs-notices.mjs      after a bootstrap; the second table needs cargo
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSection } from './lib/docs-section.mjs';
import { toolsEnvironment } from './lib/environment.mjs';
import { root } from './lib/paths.mjs';
import { run, tail } from './lib/process.mjs';
import { findCargo } from './lib/rust/find-cargo.mjs';
import { isMain, runMain, StepError, say, warn } from './lib/say.mjs';

const page = join(root, 'docs/third-party-notices.md');
/** The crates that become files of published packages. */
const BUILT = ['syntrace-kernels-wasm', 'syntrace-kernels-node', 'syntrace-learn-wasm', 'syntrace-learn-node', 'syntrace-tiff-wasm'];

const table = rows => ['| package | version | licence |', '| --- | --- | --- |', ...rows.map(row => `| ${row.join(' | ')} |`)].join('\n');
const byName = ([a], [b]) => (a < b ? -1 : 1);
/** sharp installs one package of many, by platform. */
const anyPlatform = name => name.replace(/^(@img\/sharp(?:-libvips)?)-(?:linux|linuxmusl|darwin|win32)-.*/, '$1-…');

async function npmTable() {
  const { code, stdout, output } = await run('pnpm', ['licenses', 'list', '--prod', '--json', '--filter', './packages/*'], { env: toolsEnvironment() });
  if (code !== 0) throw new StepError(`pnpm licenses list\n${tail(output)}`);
  const rows = Object.entries(JSON.parse(stdout)).flatMap(([licence, list]) =>
    list.map(({ name, versions }) => [`\`${anyPlatform(name)}\``, versions.join(', '), licence.replace(/^\((.*)\)$/, '$1')]),
  );
  return table(rows.sort(byName));
}

async function crateTable() {
  const rust = await findCargo();
  if (!rust) return undefined;
  const { code, stdout, output } = await run(rust.cargo, ['metadata', '--format-version', '1', '--locked'], { env: rust.env });
  if (code !== 0) throw new StepError(`cargo metadata\n${tail(output)}`);
  const { packages, resolve } = JSON.parse(stdout);
  const [about, needs] = [new Map(packages.map(each => [each.id, each])), new Map(resolve.nodes.map(({ id, deps }) => [id, deps]))];
  const seen = new Set();
  const visit = id => {
    if (seen.has(id)) return;
    seen.add(id);
    // What only builds or tests a crate is no part of what is shipped.
    for (const { pkg, dep_kinds } of needs.get(id)) if (dep_kinds.some(({ kind }) => kind === null)) visit(pkg);
  };
  for (const { id } of packages.filter(({ name }) => BUILT.includes(name))) visit(id);
  const rows = [...seen].map(id => about.get(id)).filter(({ source }) => source !== null);
  return table(rows.map(({ name, version, license }) => [`\`${name}\``, version, license ?? 'see its licence file']).sort(byName));
}

/** Whether the page names what is installed now. */
export async function noticesAreTrue() {
  const text = readFileSync(page, 'utf8');
  return text === withSection(text, 'npm', await npmTable());
}

async function main() {
  const crates = await crateTable();
  const text = withSection(readFileSync(page, 'utf8'), 'npm', await npmTable());
  if (!crates) warn('No cargo: the crates stay as they are on the page.');
  writeFileSync(page, crates ? withSection(text, 'crates', crates) : text);
  say('docs/third-party-notices.md is written');
}

if (isMain(import.meta.url)) await runMain(main);
