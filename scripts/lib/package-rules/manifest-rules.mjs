// What every published package.json must say.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The file paths behind `exports` (its targets with a `*` stand for folders and are left to `files`). */
export function exportTargets(entry) {
  if (entry === null) return [];
  if (typeof entry === 'string') return entry.includes('*') ? [] : [entry];
  return Object.values(entry).flatMap(exportTargets);
}

function typesFirst(entry) {
  if (typeof entry !== 'object' || entry === null) return true;
  const conditions = Object.keys(entry);
  const nested = Object.values(entry).every(typesFirst);
  return nested && (!conditions.includes('types') || conditions[0] === 'types');
}

const hasTypes = entry => JSON.stringify(entry).includes('"types":');

/** Sentences, one for each rule that the package breaks. */
export function manifestProblems({ name, folder, json }) {
  const problems = [];
  const rule = (holds, text) => holds || problems.push(text);
  rule(json.name === (name === 'syntrace' ? 'syntrace' : `@syntrace/${name}`), `its name is ${json.name}, its folder ${name}`);
  rule(/^\d+\.\d+\.\d+/.test(json.version ?? ''), 'it has no version');
  rule(json.description, 'it has no description');
  rule(json.license === 'MIT', 'its licence is not MIT');
  rule(json.type === 'module', 'it is not "type": "module"');
  rule(json.sideEffects === false, 'it does not say "sideEffects": false');
  rule(/^>=20\.19/.test(json.engines?.node ?? '') || name === 'server', 'its engines.node is not >=20.19');
  rule(Array.isArray(json.files) && json.files.length > 0, 'it lists no files');
  rule(existsSync(join(folder, 'README.md')), 'it has no README.md');
  rule(json.exports?.['.'], 'it has no exports["."]');
  rule(json.exports?.['./package.json'] === './package.json', 'it does not export ./package.json');
  rule(!json.main && !json.module && !json.types, 'main, module and types are for exports to say');
  rule(!['preinstall', 'install', 'postinstall'].some(script => json.scripts?.[script]), 'it has an install script');
  for (const [path, entry] of Object.entries(json.exports ?? {})) {
    rule(typesFirst(entry), `exports["${path}"]: types must come first`);
    rule(typeof entry === 'string' || hasTypes(entry), `exports["${path}"] has no types`);
    for (const target of exportTargets(entry)) rule(existsSync(join(folder, target)), `exports["${path}"]: ${target} was not built`);
  }
  for (const file of json.files ?? []) rule(/[*!]/.test(file) || existsSync(join(folder, file)), `files: ${file} does not exist`);
  return problems;
}
