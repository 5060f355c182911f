import { type Explanation, type Image, type Run, SyntraceError } from '@syntrace/core';
import { scanFile } from './file/scan.js';
import { type EarlierEncode, findEarlierEncode } from './jpeg-history/earlier-encode.js';
import { candidateTables, QUALITIES } from './jpeg-history/tables.js';

/** Draws an earlier JPEG encode, where its quantisation still shows; nothing where it does not. */
export async function explain(image: Image, run: Run): Promise<readonly Explanation[]> {
  const last = image.source.encoded ? (scanFile(image.source.encoded).tables.get(0) ?? null) : null;
  try {
    const earlier = await findEarlierEncode(image, last, run.kernels);
    return earlier ? [await draw(image, earlier, last, run)] : [];
  } catch (error) {
    if (!SyntraceError.is(error, 'KERNEL_VALUE')) throw error;
    run.logger.warn(`no earlier encode was looked for: ${error.message}`);
    return [];
  }
}

/** Fit of each 8×8 block of the earlier grid over the whole picture: parts that were pasted in lack that past. */
async function draw(image: Image, { quality, x, y, fit }: EarlierEncode, last: readonly number[] | null, run: Run): Promise<Explanation> {
  const { kernels } = run;
  const [planes] = await run.intermediate('planes', [image], { space: 'bt601' });
  const plane = kernels.tensor('f32', await kernels.read(planes!), [image.height, image.width]);
  const at = QUALITIES.indexOf(quality) * 64;
  const table = kernels.tensor('f32', candidateTables(last).slice(at, at + 64), [64]);
  try {
    const map = await kernels.gridFitMap(plane, table, { x, y });
    const rgba = await kernels.heatMap(map, { map: 'viridis', low: 0, high: 1.5 }).finally(() => kernels.free(map));
    const [height, width] = rgba.shape as [number, number, number];
    const data = await kernels.read(rgba).finally(() => kernels.free(rgba));
    const moved = x === 0 && y === 0 ? 'on the same grid' : `on a grid that starts ${x} columns and ${y} rows in, so the picture was cropped since`;
    return {
      id: 'provenance.earlier-encode',
      title: 'Earlier JPEG encode',
      description: `The picture was a JPEG of about quality ${quality} before, ${moved} (fit ${fit.toFixed(2)}). Each cell is a block: dark where its coefficients still lie on the steps of that encode, bright where they do not, as in parts put in later or in flat places.`,
      picture: { width, height, data },
      enlarge: 2,
      scale: { low: 'as that encode left it', high: 'no trace of it', map: 'viridis' },
    };
  } finally {
    kernels.free(plane, table);
  }
}
