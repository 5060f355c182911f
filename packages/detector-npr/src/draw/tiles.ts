import { type Explanation, type Image, logistic, type Run, type Window, withTensors } from '@syntrace/core';

/** Longer side of the drawing. */
const SIDE = 320;
/** Cells along the longer side in which scores are laid out. */
const CELLS = 80;
const NEUTRAL = 128;
/** How much of the colour comes from the scores. */
const OPACITY = 0.5;

type Scored = Window & { readonly score: number };

/** The picture, small and grey, under a map of the tiles' scores. */
export async function drawTiles(image: Image, tiles: readonly Scored[], threshold: number, { kernels }: Run): Promise<Explanation['picture']> {
  return withTensors(kernels, async keep => {
    const full = keep(kernels.tensor('u8', image.data, [image.height, image.width, image.channels]));
    const small = keep(await kernels.thumbnail(full, SIDE));
    const [height, width] = small.shape as readonly [number, number, number];
    const plane = async (data: Uint8Array, channels: number) => {
      const pixels = keep(kernels.tensor('u8', data, [1, height, width, channels]));
      const luma = keep(await kernels.colour(pixels, 'bt601'));
      return keep(kernels.tensor('f32', await kernels.read(luma), [height, width]));
    };
    const cells = cellsOf(image, tiles, threshold);
    const map = keep(kernels.tensor('u8', cells.data, [1, cells.rows, cells.columns, 1]));
    const wide = keep(await kernels.resize(map, { width, height, resampling: 'linear-antialiased' }));
    const coloured = async (data: Uint8Array, channels: number, scale: 'grey' | 'coolwarm') => {
      const rgba = keep(await kernels.heatMap(await plane(data, channels), { map: scale, low: 0, high: 255 }));
      return keep(kernels.tensor('f32', new Float32Array(await kernels.read(rgba)), [height * width, 4]));
    };
    const below = await coloured(await kernels.read(small), image.channels, 'grey');
    const above = await coloured(await kernels.read(wide), 1, 'coolwarm');
    const mixed = keep(
      await kernels.linear(
        keep(await kernels.concat([below, above])),
        keep(kernels.tensor('f32', MIX, [4, 8])),
        keep(kernels.tensor('f32', new Float32Array(4), [4])),
      ),
    );
    const data = await kernels.read(keep(await kernels.quantise(mixed, 'round')));
    return { width, height, data };
  });
}

/** Row c: (1 − opacity) of the lower channel c and opacity of the upper one, from levels to 0…1. */
const MIX = Float32Array.from({ length: 4 * 8 }, (_, i) => {
  const [to, from] = [Math.floor(i / 8), i % 8];
  return from % 4 === to ? (from < 4 ? 1 - OPACITY : OPACITY) / 255 : 0;
});

/** Levels of a coarse map of the picture: the mean over the tiles on a cell of sigmoid(score − threshold), in the middle of the scale where there is none. */
function cellsOf({ width, height }: Image, tiles: readonly Scored[], threshold: number): { rows: number; columns: number; data: Uint8Array } {
  const size = Math.max(width, height) / CELLS;
  const [columns, rows] = [Math.max(1, Math.round(width / size)), Math.max(1, Math.round(height / size))];
  const data = Uint8Array.from({ length: rows * columns }, (_, i) => {
    const [x, y] = [((i % columns) + 0.5) * (width / columns), (Math.floor(i / columns) + 0.5) * (height / rows)];
    const here = tiles.filter(tile => x >= tile.x && x < tile.x + tile.width && y >= tile.y && y < tile.y + tile.height);
    if (here.length === 0) return NEUTRAL;
    return Math.round((255 * here.reduce((sum, { score }) => sum + logistic(score - threshold), 0)) / here.length);
  });
  return { rows, columns, data };
}
