import { type Detection, type Explanation, type Kernels, withTensors } from '@syntrace/core';

/** Samples of half a bar. */
const HALF = 20;

/** Bars for what each member added to an ensemble's score, one below the other, from the middle to the right where it speaks for synthetic. Nothing where
 *  fewer than two did. */
export function drawAdded(members: readonly Pick<Detection, 'id' | 'added'>[], kernels: Kernels): Promise<readonly Explanation[]> {
  return withTensors(kernels, async keep => {
    const told = members.flatMap(({ id, added }) => (added === undefined ? [] : [{ id, added }]));
    if (told.length < 2) return [];
    const most = Math.max(...told.map(({ added }) => Math.abs(added))) || 1;
    const [width, height] = [2 * HALF + 1, 2 * told.length - 1];
    const plane = new Float32Array(width * height);
    told.forEach(({ added }, m) => {
      const middle = 2 * m * width + HALF;
      const end = middle + Math.round((HALF * added) / most);
      plane.fill(added, Math.min(middle, end), Math.max(middle, end) + 1);
    });
    const map = 'coolwarm';
    const data = await kernels.read(keep(await kernels.heatMap(keep(kernels.tensor('f32', plane, [height, width])), { map, low: -most, high: most })));
    const words = told.map(({ id, added }) => `${id} ${added.toFixed(2)}`).join(', ');
    return [
      {
        id: 'ensemble.added',
        title: 'What each member added',
        description: `To the score, from the top: ${words}.`,
        picture: { width, height, data },
        enlarge: 8,
        scale: { low: 'real', high: 'synthetic', map },
      },
    ];
  });
}
