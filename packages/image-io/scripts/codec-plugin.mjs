// The browser's codecs travel inside lazily loaded chunks, so that no bundler has to find a .wasm file beside a script: `x.wasm` is
// imported as bytes, and the codecs' glue loses its own way of finding it.
import { readFileSync } from 'node:fs';

// Of our own module the committed build, or the rebuilt one to test it.
const pkg = process.env.SYNTRACE_WASM === 'rebuilt' ? 'pkg-rebuilt' : 'pkg';

/** What is replaced in each codec's script: [file, [[from, to]…]]. A pattern that is missing means another version: the build stops. */
const PATCHES = [
  [/@jsquash\/jpeg\/codec\/dec\/mozjpeg_dec\.js$/, [...emscripten('mozjpeg_dec.wasm')]],
  [/@jsquash\/webp\/codec\/dec\/webp_dec\.js$/, [...emscripten('webp_dec.wasm')]],
  [
    /@jsquash\/png\/codec\/pkg\/squoosh_png\.js$/,
    [
      ...bindgen('squoosh_png_bg.wasm'),
      [
        `if (import.meta.url === undefined) {
    import.meta.url = 'https://localhost';
  }`,
        '',
      ],
    ],
  ],
  [/image-io\/pkg(-rebuilt)?\/syntrace_tiff_wasm\.js$/, bindgen('syntrace_tiff_wasm_bg.wasm')],
  [/image-io\/src\/browser\/codec-tiff\.ts$/, [['../../pkg/', `../../${pkg}/`]]],
  [
    /omggif\/omggif\.js$/,
    [
      // Codes that the table does not hold yet would make circles in it, and an endless loop.
      [
        'var chase_code = code < next_code ? code : prev_code;',
        'if (code > next_code || (prev_code === null && code > eoi_code)) throw new Error("the data of the frame is damaged");\n    var chase_code = code < next_code ? code : prev_code;',
      ],
      [
        'var min_code_size = code_stream[p++];',
        'var min_code_size = code_stream[p++];\n  if (min_code_size > 11) throw new Error("the data of the frame is damaged");',
      ],
      ['try { exports.GifWriter = GifWriter; exports.GifReader = GifReader } catch(e) {}', 'export { GifReader };'],
      // A warning on the console where the picture is incomplete becomes an error.
      ['console.log("Warning, gif stream longer than expected.")', 'throw new Error("the frame holds more pixels than its size says")'],
      ['console.log("Warning, gif stream shorter than expected.")', 'throw new Error("the frame ends too early")'],
    ],
  ],
];

function emscripten(wasm) {
  return [
    [`new URL("${wasm}",import.meta.url).href`, `"${wasm}"`],
    ['if(import.meta.url===undefined){import.meta.url="https://localhost"}', ''],
    ['var _scriptDir = import.meta.url;', 'var _scriptDir = "";'],
  ];
}

function bindgen(wasm) {
  return [
    [`new URL('${wasm}', import.meta.url)`, 'undefined'],
    // A trapped instance must be replaceable.
    ['if (wasm !== undefined) return wasm;', ''],
  ];
}

/** The codec's script without what a bundler trips over; undefined for every other file. */
export function patched(file, source) {
  const path = file.replaceAll('\\', '/').replace(/\?.*$/, '');
  const patches = PATCHES.find(([pattern]) => pattern.test(path))?.[1];
  if (!patches) return undefined;
  return patches.reduce((code, [from, to]) => {
    if (!code.includes(from)) throw new Error(`${path} is not the pinned version: "${from}" is missing (scripts/codec-plugin.mjs)`);
    return code.replaceAll(from, to);
  }, source);
}

/** For esbuild (tsup); `.wasm` needs its loader `binary` besides. */
export const esbuildCodecs = {
  name: 'codecs',
  setup(build) {
    build.onLoad({ filter: /(mozjpeg_dec|webp_dec|squoosh_png|omggif|syntrace_tiff_wasm)\.js$|codec-tiff\.ts$/ }, ({ path }) => ({
      contents: patched(path, readFileSync(path, 'utf8')),
      loader: path.endsWith('.ts') ? 'ts' : 'js',
    }));
  },
};

/** For Vite (vitest), which takes its codecs from the sources. */
export const viteCodecs = {
  name: 'codecs',
  enforce: 'pre',
  load(id) {
    if (!/(@jsquash|image-io)\/.*\.wasm$/.test(id)) return undefined;
    return `export default Uint8Array.from(atob('${readFileSync(id).toString('base64')}'), c => c.charCodeAt(0));`;
  },
  transform: (code, id) => patched(id, code),
};
