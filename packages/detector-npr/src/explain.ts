import type { Explanation, Image, Run, Window } from '@syntrace/core';
import { drawResidual } from './draw/residual.js';
import { drawTiles } from './draw/tiles.js';
import type { NprEvidence } from './evidence.js';
import type { Shown } from './looks.js';

/** Side of the magnified part. */
const PART = 96;

/** The score of each tile over the picture, and the residual of the highest tile's middle, magnified. */
export async function explain({ image }: Shown, { tiles }: NprEvidence, threshold: number, run: Run): Promise<readonly Explanation[]> {
  const highest = tiles.reduce((best, tile) => (tile.score > best.score ? tile : best));
  return [
    {
      id: 'npr.tiles',
      title: 'Score of each tile',
      description: `The picture under the scores of its tiles: red where a tile alone would be called synthetic, blue where real, grey where none was judged. ${tiles.length} of ${tiles[0]!.width}×${tiles[0]!.height} samples.`,
      picture: await drawTiles(image, tiles, threshold, run),
      scale: { low: 'real', high: 'synthetic', map: 'coolwarm' },
    },
    await explainResidual(image, highest, run),
  ];
}

/** The residual in the middle of a window, magnified; no weights are needed for it. */
export async function explainResidual(image: Image, window: Window, run: Run): Promise<Explanation> {
  const part = middleOf(window);
  return {
    id: 'npr.residual',
    title: 'Residual, magnified',
    description: `Size of the differences inside 2×2 cells at ${part.x}, ${part.y} (${part.width}×${part.height} samples), on a logarithmic scale. The upper left sample of each cell is nought by definition; flat cells and regular patterns are what up-sampling leaves.`,
    picture: await drawResidual(image, part, run),
    enlarge: 4,
    scale: { low: 'no difference', high: 'large', map: 'inferno' },
  };
}

/** At even places, so that the cells stay what they are. */
function middleOf({ x, y, width, height }: Window): Window {
  const [w, h] = [Math.min(PART, width), Math.min(PART, height)];
  const even = (start: number, room: number) => start + 2 * Math.floor(room / 4);
  return { x: even(x, width - w), y: even(y, height - h), width: w, height: h };
}
