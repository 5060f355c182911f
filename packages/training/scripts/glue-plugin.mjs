// wasm-bindgen's glue keeps its one instance in module variables. A fresh instance for every fit (its memory goes with it, and a trap
// harms no other) needs the glue as a function that can be called again: this makes `virtual:learn-glue` out of the file that wasm-bindgen wrote.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ID = 'virtual:learn-glue';
const folder = process.env.SYNTRACE_WASM === 'rebuilt' ? 'pkg-rebuilt' : 'pkg';
const file = fileURLToPath(new URL(`../${folder}/syntrace_learn_wasm.js`, import.meta.url));

/** @param {string} source of a glue file for `--target web` */
export function glueFactory(source) {
  const body = source.replace(/^export (?=class|function)/gm, '').replace(/^export \{ initSync, __wbg_init as default \};?\s*$/m, '');
  if (/^export /m.test(body) || !body.includes('function initSync('))
    throw new Error(`${file} is not the glue of the pinned wasm-bindgen: adapt scripts/glue-plugin.mjs`);
  // The part that fetches is not used: it would make bundlers emit the module a second time.
  const start = body.indexOf('async function __wbg_init(');
  return `export function createGlue() {\n${body.slice(0, start)}\nreturn { initSync, logistic, ridge, elastic, squaredHinge, oneClass };\n}\n`;
}

const load = () => glueFactory(readFileSync(file, 'utf8'));

/** For esbuild (tsup). */
export const esbuildGlue = {
  name: 'learn-glue',
  setup(build) {
    build.onResolve({ filter: /^virtual:learn-glue$/ }, () => ({ path: ID, namespace: 'glue' }));
    build.onLoad({ filter: /.*/, namespace: 'glue' }, () => ({ contents: load(), loader: 'js' }));
  },
};

/** For Vite (vitest). With SYNTRACE_WASM=rebuilt the module itself is the rebuilt one too. */
export const viteGlue = {
  name: 'learn-glue',
  enforce: 'pre',
  resolveId: id => (id === ID ? `\0${ID}` : undefined),
  load: id => (id === `\0${ID}` ? load() : undefined),
  transform: (code, id) => (/wasm-module\.ts$/.test(id) ? code.replaceAll('../pkg/', `../${folder}/`) : undefined),
};
