// wasm-bindgen's glue keeps its one instance in module variables. A trap on a hostile file spoils it, so the glue becomes a function that
// can be called again: this makes `virtual:c2pa-glue` out of @contentauth/c2pa-wasm's script. Its way to the network becomes an argument.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const ID = 'virtual:c2pa-glue';
const require = createRequire(import.meta.url);
const script = require.resolve('@contentauth/c2pa-wasm');
export const wasmFile = require.resolve('@contentauth/c2pa-wasm/c2pa.wasm');

/** @param {string} source of a glue file for `--target web` */
export function glueFactory(source) {
  const own = source.replaceAll('arg0.fetch(arg1)', 'fetch(arg1)');
  const body = own
    .replace(/^export (?=class|function)/gm, '')
    .replace(/^export const WASM_SRI = .*$/m, '')
    .replace(/^export \{ initSync, __wbg_init as default \};?\s*$/m, '');
  if (/^export /m.test(body) || !body.includes('async function __wbg_init(') || own === source)
    throw new Error(`${script} is not the glue of the pinned version: adapt scripts/glue-plugin.mjs`);
  // Not initSync: a page may not start a module of this size at once.
  return `export function createGlue(fetch) {\n${body}\nreturn { init: __wbg_init, WasmReader, WasmBuilder };\n}\n`;
}

const load = () => glueFactory(readFileSync(script, 'utf8'));

/** For esbuild (tsup). */
export const esbuildGlue = {
  name: 'c2pa-glue',
  setup(build) {
    build.onResolve({ filter: /^virtual:c2pa-glue$/ }, () => ({ path: ID, namespace: 'glue' }));
    build.onLoad({ filter: /.*/, namespace: 'glue' }, () => ({ contents: load(), loader: 'js' }));
  },
};

/** For Vite (vitest), where the module lies in its own package. */
export const viteGlue = {
  name: 'c2pa-glue',
  enforce: 'pre',
  resolveId: id => (id === ID ? `\0${ID}` : undefined),
  load: id => (id === `\0${ID}` ? load() : undefined),
  transform: (code, id) =>
    /c2pa\/module-address\.ts$/.test(id) ? code.replace("'./c2pa_bg.wasm'", "'../../node_modules/@contentauth/c2pa-wasm/pkg/c2pa_bg.wasm'") : undefined,
};
