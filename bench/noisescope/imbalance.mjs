// Imbalance: 200 generated pictures of noisescope2 against 400 to 2,000 photographs, with T_merge as calibrated and raised. The set holds 250 photographs; the others are
// windows of 128×128 of --photos (a folder of JPEG photographs, several windows each) and of noisescope/real, encoded once more like those of the set.
import { basename, extname } from 'node:path';
import sharp from 'sharp';
import { drawn, judge, prepared } from './lib/judge.mjs';
import { held, residualsOfFiles } from './lib/residuals.mjs';
import { grouped, openRows, spread, writeTable } from './lib/rows.mjs';
import { filesIn, setNamed } from './lib/sets.mjs';

const SIDE = 128;
const REALS = [200, 400, 800, 1600, 2000];
const RAISED = [1, 1.5, 2, 3];
/** Quality whose tables are those of the set (mean luma step 23). */
const QUALITY = 80;

export async function run({ bench, out, photos, kernels, seeds = 3 }) {
  if (!photos) throw new Error('imbalance needs --photos DIR');
  const rows = openRows(out, 'imbalance');
  const files = setNamed(bench, 'noisescope2');
  const fakes = await residualsOfFiles(kernels, out, 'noisescope2-fake', files.fake);
  const reference = await residualsOfFiles(kernels, out, 'noisescope2-reference', files.reference);
  const own = await residualsOfFiles(kernels, out, 'noisescope2-real', files.real);
  const taken = new Set(files.real.map(nameOf));
  const others = filesIn(bench, 'noisescope', 'real').filter(file => !taken.has(nameOf(file)));
  const windows = [
    ...(await Promise.all(others.map(file => windowsOf(file, 0)))).flat(),
    ...(await Promise.all(filesIn(photos).map(file => windowsOf(file, 64)))).flat(),
  ];
  const more = await residualsOfFiles(kernels, out, 'imbalance-windows', windows.map(encoded));
  const reals = held(own, [...own.maps, ...more.maps]);
  process.stderr.write(`${reals.maps.length} photographs and windows\n`);
  for (const count of REALS.filter(count => count <= reals.maps.length))
    for (let seed = 1; seed <= seeds; seed++) {
      const calibrated = await prepared(reference, seed, kernels);
      for (const factor of RAISED) {
        const key = `200 + ${count}, T_merge × ${factor} #${seed}`;
        if (rows.has(key)) continue;
        const pile = { fake: drawn(fakes, 200, seed, 'fakes'), real: drawn(reals, count, seed, 'reals') };
        const { found, ...row } = await judge(pile, calibrated, seed, kernels, { mergeThreshold: factor * calibrated.mergeThreshold.value });
        rows.add(key, { count, factor, seed, ...row });
      }
    }
  const lines = [...grouped(rows.all(), row => `200 : ${row.count.toLocaleString('en')}`)].map(([name, group]) => [
    name,
    ...RAISED.map(factor => {
      const some = group.filter(row => row.factor === factor);
      return `${spread(some.map(row => row.f1))} (${spread(
        some.map(row => row.recall),
        2,
      )} / ${spread(some.map(row => row.fpr))})`;
    }),
    spread(
      group.map(row => row.cpu),
      1,
    ),
  ]);
  writeTable(
    out,
    'imbalance',
    ['generated : real', ...RAISED.map(factor => (factor === 1 ? 'T_merge as calibrated' : `T_merge × ${factor}`)), 'processor seconds'],
    lines,
  );
}

const nameOf = file => basename(file, extname(file));

/** Windows of a photograph side by side, on its JPEG grid, as many as fit from (first, first) on. */
async function windowsOf(file, first) {
  const { width, height } = await sharp(file).metadata();
  const starts = side => Array.from({ length: Math.max(0, Math.floor((side - first) / SIDE)) }, (_, i) => first + i * SIDE);
  return starts(height).flatMap(y => starts(width).map(x => ({ file, x, y })));
}

/** A window as a JPEG file like those of the set. */
const encoded = ({ file, x, y }) => ({
  uri: `${file}#${x},${y}`,
  data: (async function* () {
    const window = sharp(file).extract({ left: x, top: y, width: SIDE, height: SIDE });
    yield await window.jpeg({ quality: QUALITY, chromaSubsampling: '4:2:0' }).toBuffer();
  })(),
});
