// Writes the diagram of docs/architecture.md from the packages' own dependencies and the crates' manifests.
//   node scripts/docs-architecture.mjs [--check]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSection } from './lib/docs-section.mjs';
import { listPackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { isMain, runMain, StepError, say } from './lib/say.mjs';

const page = join(root, 'docs/architecture.md');
const isOurs = name => name === 'syntrace' || name.startsWith('@syntrace/');
const short = name => name.replace(/^@syntrace\//, '');

/** Names of the workspace's crates that a manifest depends on. */
function crateNeeds(text, names) {
  return names.filter(name => new RegExp(`^${name}[\\s.=]`, 'm').test(text));
}

function crates() {
  const list = readdirSync(join(root, 'crates')).map(folder => {
    const text = readFileSync(join(root, 'crates', folder, 'Cargo.toml'), 'utf8');
    return { folder, text, name: /^\s*name\s*=\s*"([^"]+)"/m.exec(text)[1] };
  });
  const names = list.map(({ name }) => name);
  const folderOf = new Map(list.map(({ name, folder }) => [name, folder]));
  return list.map(({ folder, text, name }) => ({
    folder,
    needs: crateNeeds(
      text.slice(text.indexOf('[dependencies]')),
      names.filter(each => each !== name),
    ).map(each => folderOf.get(each)),
  }));
}

/** What a package needs and none of its other needs brings along: the arrows that tell something. */
function direct(name, needs) {
  const reach = from => (needs.get(from) ?? []).flatMap(each => [each, ...reach(each)]);
  const own = needs.get(name);
  return own.filter(each => !own.some(other => other !== each && reach(other).includes(each)));
}

/** The diagram: packages by what they need at run time (published), private ones dashed; crates by what they are built from. */
export function renderDiagram(packages = listPackages(), rust = crates()) {
  const lines = ['```mermaid', 'flowchart TD'];
  const built = {
    'kernels-wasm': 'kernels-wasm',
    'kernels-node': 'kernels-native',
    'learn-wasm': 'training',
    'learn-node': 'training',
    'tiff-wasm': 'image-io',
  };
  lines.push('  subgraph TypeScript');
  for (const { json } of packages) lines.push(`    ${short(json.name)}${json.private ? `(["${short(json.name)}"])` : `["${json.name}"]`}`);
  lines.push('  end', '  subgraph Rust');
  for (const { folder } of rust) lines.push(`    crate-${folder}["crates/${folder}"]`);
  lines.push('  end');
  const needs = new Map(packages.map(({ json }) => [json.name, Object.keys({ ...json.dependencies, ...json.peerDependencies }).filter(isOurs)]));
  for (const { json } of packages) {
    const internal = Object.keys(json.devDependencies ?? {}).filter(name => packages.some(each => each.json.name === name && each.json.private));
    for (const name of direct(json.name, needs)) lines.push(`  ${short(json.name)} --> ${short(name)}`);
    for (const name of internal) lines.push(`  ${short(json.name)} -.-> ${short(name)}`);
  }
  for (const { folder, needs } of rust) {
    for (const name of needs) lines.push(`  crate-${folder} --> crate-${name}`);
    if (built[folder]) lines.push(`  ${built[folder]} ==> crate-${folder}`);
  }
  return [...lines, '```'].join('\n');
}

const filled = text => withSection(text, 'diagram', renderDiagram());

/** Whether the page shows the dependencies as they are. */
export function diagramIsTrue() {
  const text = readFileSync(page, 'utf8');
  return text === filled(text);
}

if (isMain(import.meta.url))
  await runMain(async () => {
    const text = readFileSync(page, 'utf8');
    const wanted = filled(text);
    if (process.argv.includes('--check') && text !== wanted)
      throw new StepError('docs/architecture.md shows other dependencies than the packages have', '`node scripts/docs-architecture.mjs` writes the diagram.');
    if (!process.argv.includes('--check')) writeFileSync(page, wanted);
    say('docs/architecture.md shows the dependencies as they are');
  });
