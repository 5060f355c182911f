// The names that a package exports, read from the types that tsup built; they are kept in its api.txt.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Every `export` of a bundled .d.ts, sorted: `name`, `type name`, `* from module`. */
export function exportedNames(source) {
  const names = new Set();
  const text = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  for (const [, typeOnly, list] of text.matchAll(/^\s*export\s+(type\s+)?\{([^}]*)\}/gm)) {
    for (const entry of list.split(',')) {
      const words = entry.trim().split(/\s+/).filter(Boolean);
      if (words.length === 0) continue;
      const type = typeOnly || words[0] === 'type' ? 'type ' : '';
      names.add(type + words.at(-1));
    }
  }
  for (const [, as, module] of text.matchAll(/^\s*export\s+\*\s+(as\s+\w+\s+)?from\s+['"]([^'"]+)['"]/gm)) names.add(`* ${as ?? ''}from ${module}`);
  const declared = /^\s*export\s+(?:declare\s+)?(?:abstract\s+)?(default|const|let|function|class|enum|interface|type|namespace)\b\s*(\w+)?/gm;
  for (const [, kind, name] of text.matchAll(declared)) {
    if (kind === 'default') names.add('default');
    else if (name) names.add((kind === 'interface' || kind === 'type' ? 'type ' : '') + name);
  }
  return [...names].sort();
}

/** Each entry point's `types` files, however deep its conditions are nested. */
function typesOf(entry) {
  if (typeof entry === 'string' || entry === null) return [];
  return Object.entries(entry).flatMap(([condition, value]) => (condition === 'types' && typeof value === 'string' ? [value] : typesOf(value)));
}

/** Follows a .d.ts that only passes on what a chunk beside it declares. */
function readDeclaration(file) {
  const source = readFileSync(file, 'utf8');
  const relative = [...source.matchAll(/^export\s+\*\s+from\s+['"](\.[^'"]+)['"];?$/gm)];
  return relative.reduce((text, [line, module]) => {
    const target = join(dirname(file), module.replace(/\.js$/, '.d.ts'));
    return existsSync(target) ? text.replace(line, readDeclaration(target)) : text;
  }, source);
}

/** The text of a package's api.txt: a heading for each entry point, one export a line. */
export function describeApi({ folder, json }) {
  const lines = [];
  for (const [path, entry] of Object.entries(json.exports ?? {})) {
    for (const types of new Set(typesOf(entry))) {
      lines.push(`# ${path === '.' ? json.name : json.name + path.slice(1)}`, ...exportedNames(readDeclaration(join(folder, types))), '');
    }
  }
  return lines.join('\n');
}
