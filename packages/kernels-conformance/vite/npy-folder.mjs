// Files as virtual modules: the same import gives the same bytes in Node and in the browser, with no server and no paths in the tests.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const shared = resolve(process.env.SYNTRACE_SHARED ?? join(here, '../../../../shared'));
const golden = [
  ['frequency/dct', /^(?!.*(tf32|_out64))/],
  ['frequency/log', /./],
  ['frequency/load', /gray\.npy|gray_tf_weights|scaled_pm1/],
  ['frequency/normalize', /welford_|^mean|^var|photo_000_normalized/],
  ['frequency/inputs', /^photo_(00\d_128|256|200x130|178x218|341x256)\.png$/],
  ['frequency/perturb', /^(blur_k\d|noise_.*|crop_.*)\.npy$/],
  ['frequency/crop', /^lsun_/],
  ['frequency/baselines', /^(train|test)_features|^knn_(dist|index)|^pca_|^(train_images|train_labels|test_images)\.npy$/],
  ['noisescope/texture', /^(?!lof)/],
  ['noisescope/csd', /^(features|g_hsvycc)/],
  ['masksim', /crop128\.(residual|residual64|logspec64|simmap)|^mask128|^inference\.json$/],
  ['frequency/prnu', /./],
  ['noisescope/images', /./],
  ['noisescope/residual', /./],
  ['noisescope/pce', /./],
  ['noisescope/clusterA', /^(residuals|pce_round0)\.npy$/],
  ['npr', /\.residual\.npy$|^(tiny_8|photo_256|odd_161x213|nearest2x_256)\.png$/],
];

/** `virtual:own-fixtures`: name → base64. `virtual:golden`: the same of the reference folder, or the reason why it is not there. */
export const npyFolders = {
  name: 'npy-folders',
  resolveId: id => (id === 'virtual:own-fixtures' || id === 'virtual:golden' ? `\0${id}` : undefined),
  load(id) {
    if (id === '\0virtual:own-fixtures') return exported({ files: encoded(join(here, '../fixtures'), '', /\.npy$/) });
    if (id !== '\0virtual:golden') return undefined;
    const folder = join(shared, 'golden');
    if (!existsSync(folder)) return exported({ missing: 'the golden vectors are not there (set SYNTRACE_SHARED to the folder that holds golden/)' });
    return exported({ files: Object.assign({}, ...golden.map(([group, pattern]) => encoded(join(folder, group), `${group}/`, pattern))) });
  },
};

const exported = value => `export default ${JSON.stringify(value)}`;

function encoded(folder, prefix, pattern) {
  const names = readdirSync(folder).filter(name => /\.(npy|png|json)$/.test(name) && pattern.test(name));
  return Object.fromEntries(names.map(name => [prefix + name.replace(/\.png$/, '.npy'), bytesOf(join(folder, name)).toString('base64')]));
}

const bytesOf = file => (file.endsWith('.png') ? npyOfPng(readFileSync(file)) : readFileSync(file));

/** A grey or RGB PNG, 8 or 16 bits, not interlaced, as the .npy file of its samples: bytes, or float64 for 16 bits; grey ones are [h, w]. */
function npyOfPng(png) {
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [w, h, depth, colour, , , interlaced] = [png.readUInt32BE(16), png.readUInt32BE(20), ...png.subarray(24, 29)];
  if (![8, 16].includes(depth) || ![0, 2].includes(colour) || interlaced) throw new Error('only grey and RGB PNG of 8 or 16 bits, not interlaced');
  const channels = colour === 2 ? 3 : 1;
  const bytes = (channels * depth) / 8;
  const rows = unfiltered(inflateSync(Buffer.concat(parts)), h, w * bytes, bytes);
  const shape = channels === 3 ? `${h}, ${w}, 3` : `${h}, ${w}`;
  const header = `{'descr': '${depth === 8 ? '|u1' : '<f8'}', 'fortran_order': False, 'shape': (${shape}), }`.padEnd(117).concat('\n');
  const samples = depth === 8 ? rows : Buffer.from(Float64Array.from({ length: rows.length / 2 }, (_, i) => rows.readUInt16BE(2 * i)).buffer);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(header, 'latin1'), samples]);
}

function unfiltered(data, h, stride, bytes) {
  const out = Buffer.alloc(h * stride);
  const sample = (y, i) => (y < 0 || i < 0 ? 0 : out[y * stride + i]);
  for (let y = 0; y < h; y++) {
    const kind = data[y * (stride + 1)];
    for (let i = 0; i < stride; i++) {
      const [left, up, corner] = [sample(y, i - bytes), sample(y - 1, i), i < bytes ? 0 : sample(y - 1, i - bytes)];
      const distances = [left, up, corner].map(value => Math.abs(left + up - corner - value));
      const paeth = distances[0] <= distances[1] && distances[0] <= distances[2] ? left : distances[1] <= distances[2] ? up : corner;
      out[y * stride + i] = data[y * (stride + 1) + 1 + i] + [0, left, up, (left + up) >> 1, paeth][kind];
    }
  }
  return out;
}
