import { init, parse } from 'es-module-lexer';

/** Node's modules by their old names; new ones have names with `node:` only. */
const BARE =
  /^(assert|async_hooks|buffer|child_process|cluster|console|constants|crypto|dgram|diagnostics_channel|dns|domain|events|fs|http|http2|https|inspector|module|net|os|path|perf_hooks|process|punycode|querystring|readline|repl|stream|string_decoder|timers|tls|tty|url|util|v8|vm|wasi|worker_threads|zlib)(\/|$)/;

/** What a module imports, statically or by a literal `import()`. @throws a syntax error of the module */
export async function importsOf(source: string): Promise<readonly string[]> {
  await init;
  const [imports] = parse(source);
  return [...new Set(imports.flatMap(({ n }) => (n === undefined ? [] : [n])))];
}

/** The modules of Node among what a module imports. */
export const nodeImportsOf = async (source: string): Promise<readonly string[]> =>
  (await importsOf(source)).filter(name => name.startsWith('node:') || BARE.test(name));
