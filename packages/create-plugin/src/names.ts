/** Why a text is no name of an npm package, or `undefined`. */
export function nameProblem(name: string): string | undefined {
  if (name.length > 214) return 'at most 214 characters';
  if (!/^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/.test(name)) return 'lower-case letters, digits, "-", "_" and ".", with or without @scope/';
  return undefined;
}

/** The id of what the plugin offers: the package's name without scope and without the usual beginnings. */
export function idOf(name: string): string {
  const words = name
    .replace(/^@[^/]+\//, '')
    .replace(/^(syntrace-)?(plugin|detector|kernels)-/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return words || 'mine';
}
